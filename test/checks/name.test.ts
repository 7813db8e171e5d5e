import { describe, expect, it } from "vitest";
import { guessToday } from "../../src/checks/today.ts";
import { SCHEMES } from "../../src/recording/names/schemes.ts";
import { CHECKS, checkOne, findingsIn } from "./checked.ts";
import { chat, type Files, named, own } from "./fixtures.ts";
import { OLDER_SCHEMES } from "./name-cases.ts";

/** So many chats, each with a name of the scheme. */
const chats = (count: number, scheme?: string): Files =>
  Object.assign(
    {},
    ...Array.from({ length: count }, (_, index) =>
      named(
        chat((document) => {
          document.request.body.messages[0].content += ` ${scheme} ${index}`;
        }),
        scheme === undefined ? {} : { scheme },
      ),
    ),
  );

const today = (files: Files) =>
  guessToday(Object.entries(files).flatMap(([path, text]) => checkOne(path, text).fact ?? []));

/** What the rule says, and how often. */
function told(files: Files, scheme = "auto"): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule, cause = "" } of findingsIn(files, { scheme, checks: { ...CHECKS, wanted: ["name"] } })) {
    counts[`${rule}: ${cause}`] = (counts[`${rule}: ${cause}`] ?? 0) + 1;
  }
  return counts;
}

it("the fixtures of older names leave out no scheme", () => {
  const newest = ["2026-06-17", "http-2026-04-09", "tool-2025-10-09"];
  expect([...new Set([...OLDER_SCHEMES, ...newest])].sort()).toEqual(SCHEMES.map(({ id }) => id).sort());
});

describe("today's scheme, as the names tell it", () => {
  it("is the newest where nothing is told", () => {
    expect(today({})).toMatchObject({
      date: "2026-06-17",
      from: "auto",
      why: "the newest",
    });
    expect(today(own("2a23", "4b1a"))).toMatchObject({ date: "2026-06-17" });
  });

  it("is the newest where half of the names are older", () => {
    const files = { ...chats(4), ...chats(4, "2025-10-09") };
    expect(today(files)).toMatchObject({ date: "2026-06-17", why: "the newest; 4 of 8 names verify under it" });
    expect(told(files)).toEqual({ "name/older: named by 2025-11-03": 4 });
  });

  it("is an older one where most names are, and the newer ones are told", () => {
    const files = { ...chats(4), ...chats(5, "2026-01-21") };
    expect(today(files)).toMatchObject({
      date: "2026-01-21",
      why: "5 of 9 names verify under it and not under 2026-06-17",
    });
    expect(told(files)).toEqual({ "name/older: named by 2026-06-17": 4 });
  });

  it("is the youngest of those that as many names verify under", () => {
    expect(today(chats(3, "2025-10-09"))).toMatchObject({ date: "2025-11-03" });
  });

  it("is not told by names that no scheme gives", () => {
    const files = Object.fromEntries(
      Object.values(chats(9)).map((text, index) => [`recordings/${String(index).repeat(64)}.json`, text]),
    );
    expect(today(files)).toMatchObject({ date: "2026-06-17", why: "the newest; 0 of 9 names verify under it" });
    expect(told(files)).toEqual({ "name: no scheme gives the name": 9 });
  });

  it("does not matter where a scheme is set", () => {
    const files = { ...chats(1), ...chats(5, "2025-10-04"), ...own("2a23", "4b1a") };
    expect(told(files)).toEqual({ "name/older: named by 2026-06-17": 1 });
    expect(told(files, "2026-06-17")).toEqual({ "name/older: named by 2025-10-04": 5 });
    expect(told(files, "2025-07-29")).toEqual({
      "name/older: named by 2025-10-04": 5,
      "name/older: named by 2026-06-17": 1,
    });
    // Its day is what counts: of http the scheme of that day is wanted.
    expect(told(own("2a23"), "http-2026-02-12")).toEqual({});
  });
});
