import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sample } from "../cli/samples.ts";
import { DEMO } from "../demo.ts";
import { chat, NEWEST, sound } from "../mend/named.ts";
import { made } from "../prune/gone.ts";
import { ROOT, tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const at = (name: string): string => `recordings/${name}.json`;

describe("check", () => {
  it("tells what validate finds, by path", async () => {
    const { name, text } = sound();
    const browsing = new Browsing(tree({ [at(name)]: text, [at("aaaa")]: sample(), [at("bbbb")]: "{" }));
    const { findings } = await browsing.does({ type: "check" }, "checked", ({ findings: { is } }) => is !== "asked");
    if (findings.is !== "known") return expect.fail(JSON.stringify(findings));
    expect([...findings.value.keys()].sort()).toEqual([at("aaaa"), at("bbbb")]);
    expect(findings.value.get(at("aaaa"))?.map(({ rule }) => rule)).toContain("name");
    expect(browsing.actions.map((action) => action.type)).toEqual(["checked", "checked"]);
  });

  it("says why it failed", async () => {
    const browsing = new Browsing(tree({}), ["nowhere"]);
    const { findings } = await browsing.does({ type: "check" }, "checked", ({ findings: { is } }) => is !== "asked");
    expect(findings).toMatchObject({ is: "failed", why: expect.stringMatching(/^no such file or folder: nowhere/) });
  });
});

describe("judge", () => {
  it("tells what prune says of each, and what would go", async () => {
    const { files, gone, kept } = made(2, 3);
    const browsing = new Browsing(tree(files));
    const { verdicts } = await browsing.does({ type: "judge" }, "judged", ({ verdicts: { is } }) => is !== "asked");
    if (verdicts.is !== "known") return expect.fail(JSON.stringify(verdicts));
    const told = [...verdicts.value].map(([path, { verdict, goes }]) => [path, verdict, goes]).sort();
    const wanted = [
      ...Object.keys(gone).map((path) => [path, "test gone", true]),
      ...Object.keys(kept).map((path) => [path, "used", false]),
    ].sort();
    expect(told).toEqual(wanted);
    expect(verdicts.value.get(Object.keys(gone)[0] as string)?.evidence[0]?.says).toMatch(/test_gone/);
    return undefined;
  });

  it("and check take turns", async () => {
    const browsing = new Browsing(tree(made(1, 1).files));
    browsing.perform({ type: "check" }, browsing.state);
    await browsing.does({ type: "judge" }, "judged", ({ verdicts: { is } }) => is === "known");
    expect(browsing.actions.at(-2)).toMatchObject({ type: "checked", findings: { is: "known" } });
  });
});

describe("search", () => {
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [at(`${n}`), sample({ asked: n % 4 === 0 ? "Who rows?" : "Who sails?" })]),
  );
  const paths = Object.keys(files);

  it("tells where a text was asked or answered", async () => {
    const browsing = new Browsing(tree(files));
    const { hits, text } = await browsing.does({ type: "search", text: "rows", paths }, "found", (one) => one.isDone);
    expect(text).toBe("rows");
    expect([...hits].sort()).toEqual(paths.filter((_, n) => n % 4 === 0).sort());
  });

  it("ends the one before", async () => {
    const browsing = new Browsing(tree(files));
    browsing.perform({ type: "search", text: "sails", paths }, browsing.state);
    await browsing.does({ type: "search", text: "At 22:14", paths }, "found", (one) => one.isDone);
    await setTimeout(300);
    const done = browsing.actions.flatMap((action) => (action.type === "found" && action.isDone ? [action.text] : []));
    expect(done).toEqual(["At 22:14"]);
  });

  it("ends with browse, without a word", async () => {
    const browsing = new Browsing(tree(files));
    browsing.perform({ type: "search", text: "rows", paths }, browsing.state);
    browsing.perform({ type: "check" }, browsing.state);
    browsing.perform({ type: "judge" }, browsing.state);
    const before = browsing.actions.length;
    browsing.perform.end();
    await setTimeout(400);
    expect(browsing.actions.slice(before)).toEqual([]);
  });
});

/** The text of a recording of the project's own tree, of a dialect. */
const demoText = (id: string): string =>
  readFileSync(join(ROOT, "recordings", DEMO.find(({ dialect }) => dialect.id === id)?.file ?? ""), "utf8");

describe("compare", () => {
  const files = { [at("aaaa")]: sample({ asked: "Who rows?" }), [at("bbbb")]: sample({ asked: "Who sails?" }) };
  const pair = { type: "compare", old: at("aaaa"), now: at("bbbb"), columns: 80 } as const;

  it("tells a pair as diff does, with colours where there are", async () => {
    const browsing = new Browsing(tree(files));
    const { lines } = await browsing.does(pair, "compared");
    expect(lines.join("\n")).toContain(`aaaa  ${at("aaaa")}`);
    expect(lines.join("\n")).toContain("[-rows-]");
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    browsing.state = { ...browsing.state, hasColour: true };
    const coloured = await browsing.does(pair, "compared");
    expect(coloured.lines.join("\n")).toContain("\u001b[");
  });

  it("begins with the APIs where they differ", async () => {
    const [one, other] = ["openai-chat", "ollama"].map((id) => demoText(id));
    const both = { [at("aaaa")]: one as string, [at("bbbb")]: other as string };
    const { lines } = await new Browsing(tree(both)).does(pair, "compared");
    expect(lines[0]).toBe("different APIs: openai-chat and ollama");
    const alike = await new Browsing(tree(files)).does(pair, "compared");
    expect(alike.lines.join("\n")).not.toContain("different APIs");
  });

  it("says why it cannot", async () => {
    const cwd = tree(files);
    rmSync(join(cwd, at("bbbb")));
    const { lines } = await new Browsing(cwd).does(pair, "compared");
    expect(lines[0]).toMatch(/gone while it was read.*bbbb/);
  });

  it("takes two tests, and names that are hostile", async () => {
    const odd = at("\u001b]52;c;x\u0007\u202e");
    const text = chat(NEWEST, { test: "test_other.py::test_\u001b[31m" }).text;
    const { lines } = await new Browsing(tree({ ...files, [odd]: text })).does({ ...pair, now: odd }, "compared");
    expect(lines.join("\n")).toContain("aaaa is of test_bar.py::test_tide");
    expect(lines.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  });
});

it("a cache that cannot be written costs nothing but time", async () => {
  const cwd = tree({ [at("aaaa")]: sample(), "cache/x": "" });
  writeFileSync(join(cwd, "cache/x"), "");
  chmodSync(join(cwd, "cache"), 0o500);
  const browsing = new Browsing(cwd, [], {}, { PATH: "", HOME: cwd, RECCTL_CACHE_DIR: join(cwd, "cache/x") });
  await browsing.scan();
  const { findings } = await browsing.does({ type: "check" }, "checked", ({ findings: { is } }) => is !== "asked");
  expect(findings.is).toBe("known");
  chmodSync(join(cwd, "cache"), 0o700);
});
