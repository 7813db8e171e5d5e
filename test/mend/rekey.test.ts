import { describe, expect, it } from "vitest";
import { subjectOf } from "../../src/checks/check.ts";
import { FIXABLE, type Fixable } from "../../src/checks/fixable.ts";
import type { Subject } from "../../src/checks/rule.ts";
import { fixed } from "../../src/mend/fix.ts";
import { type RekeyOptions, rekeyed } from "../../src/mend/rekey.ts";
import type { Left, Wish } from "../../src/mend/wish.ts";
import { parseDocument } from "../../src/recording/document.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { at, pythonText, sample } from "../cli/samples.ts";
import { chat, list, messages, type Named, NEWEST, nameBy, named, OLDEST, oldest, RAW, tool } from "./named.ts";

function subject({ name, text }: Named): Subject {
  const bytes = Buffer.from(text);
  const parsed = parseDocument(bytes);
  if ("message" in parsed) throw new Error(parsed.message);
  const path = `recordings/${name}.json`;
  return subjectOf({ path, place: `/tree/${path}`, bytes }, { ...parsed, root: parsed.root as JsonObject });
}

/** What is wished in short: the new name and text; why a file is left; null. */
const told = (wish: Wish | Left | null): unknown =>
  wish && ("cause" in wish ? wish.cause : [wish.to, wish.after?.toString() ?? null]);

const rekey = (it: Named, options: Partial<RekeyOptions> = {}): unknown =>
  told(rekeyed(subject(it), { today: { date: NEWEST }, ...options }));

/** The new name, and the text with ids that follow it. */
const renamed = ({ name, text }: Named, to: string): unknown => [
  `${to}.json`,
  text.replaceAll(`rec-${name.slice(0, 12)}`, `rec-${to.slice(0, 12)}`),
];

describe("what today's scheme wishes of a recording", () => {
  it("its name, and that the ids of its answer follow", () => {
    const old = chat(RAW);
    expect(rekey(old)).toEqual(renamed(old, chat(NEWEST).name));
    const streamed = chat(RAW, { answered: ["At ", "22:14."] });
    expect(rekey(streamed)).toEqual(renamed(streamed, chat(NEWEST, { answered: ["At ", "22:14."] }).name));
    expect(rekey(chat(NEWEST))).toBeNull();
  });

  it("the older name where an older scheme is today's", () => {
    const young = chat(NEWEST);
    expect(rekey(young, { today: { date: RAW } })).toEqual(renamed(young, chat(RAW).name));
    expect(rekey(young, { today: { date: OLDEST } })).toEqual(renamed(young, nameBy(OLDEST, young.text)));
    expect(rekey(oldest(), { today: { date: OLDEST } })).toBeNull();
  });

  it("ids that say another name stay, and so do those that stand elsewhere", () => {
    const { name, text } = chat(RAW);
    const rec = `rec-${name.slice(0, 12)}`;
    const other = { name, text: text.replaceAll(rec, "rec-ffffffffffff") };
    expect(rekey(other)).toEqual([`${chat(NEWEST).name}.json`, null]);
    const inside = { name, text: text.replace("At 22:14.", `See ${rec}.`) };
    const wanted = chat(NEWEST).name;
    expect(rekey(inside)).toEqual([
      `${wanted}.json`,
      inside.text.replace(`"id": "${rec}"`, `"id": "rec-${wanted.slice(0, 12)}"`),
    ]);
  });

  it("an id that the mapping alone makes one of the recorder's stays as it is stored", () => {
    const { name, text } = chat(RAW);
    const rec = `rec-${name.slice(0, 12)}`;
    const mapped = text
      .replace(`"id": "${rec}"`, '"id": "chatcmpl-1"')
      .replace('"id_normalization_mapping": {}', `"id_normalization_mapping": {\n    "${rec}": "chatcmpl-1"\n  }`);
    expect(rekey({ name, text: mapped })).toEqual([`${chat(NEWEST).name}.json`, null]);
  });

  it("no other name for what verifies under nothing", () => {
    expect(rekey({ ...chat(RAW), name: at("abcd").slice(11, -5) })).toBe("named by no scheme");
    expect(rekey({ ...chat(RAW), name: "by-hand" })).toBe("named by no scheme");
    const { name } = chat(RAW);
    expect(rekey({ ...chat(RAW), name: name.slice(0, 13) })).toBe("named by no scheme");
    expect(rekey({ ...chat(RAW), name: name.toUpperCase() })).toBe("named by no scheme");
  });

  it("the whole name where it has 12 digits", () => {
    const young = chat(NEWEST);
    const cut = { ...young, name: young.name.slice(0, 12) };
    expect(rekey(cut)).toEqual([`${young.name}.json`, null]);
  });

  it("nothing of what has no test id, until it is given one", () => {
    const bare = oldest();
    expect(rekey(bare)).toBe("no test_id");
    const text = bare.text.replace("{\n", '{\n  "test_id": "test_bar.py::t\\u00e4",\n');
    const name = nameBy(NEWEST, text);
    expect(rekey(bare, { testId: "test_bar.py::tä" })).toEqual(renamed({ ...bare, text }, name));
    // A test id of its own is never replaced.
    const own = chat(RAW);
    expect(rekey(own, { testId: "another" })).toEqual(renamed(own, chat(NEWEST).name));
    const nobodys = chat(RAW, { test: null });
    expect(rekey(nobodys, { testId: "another" })).toEqual(renamed(nobodys, chat(NEWEST, { test: null }).name));
  });

  it("a model list keeps the digest of what it lists", () => {
    const old = list("2026-04-09", "a.py::b", ["tide"]);
    const young = { name: nameBy(NEWEST, old.text), text: old.text };
    expect(young.name).not.toBe(old.name);
    expect(rekey({ ...old, name: `models-${old.name}-0123abcd` })).toEqual([
      `models-${young.name}-0123abcd.json`,
      null,
    ]);
  });

  it("of http requests and of tools what their own schemes say", () => {
    const old = messages("http-2026-02-12");
    const young = messages("http-2026-04-09");
    expect(young.name).not.toBe(old.name);
    expect(rekey(old)).toEqual([`${young.name}.json`, null]);
    expect(rekey(tool())).toBeNull();
    expect(rekey({ ...tool(), name: tool().name.slice(0, 12) })).toEqual([`${tool().name}.json`, null]);
    const unknown = pythonText({
      test_id: "t",
      request: { provider: "p", api: "a", file_id: "f" },
      response: { body: null, is_streaming: false },
    });
    expect(rekey({ name: "0".repeat(64), text: unknown })).toBeNull();
  });

  it("the name where a search-and-replace explains the old one", () => {
    const before = chat(NEWEST, { test: "old/a.py::b" });
    const after = { ...before, text: before.text.replace("old/a.py", "new/a.py") };
    expect(rekey(after)).toBe("named by no scheme");
    expect(rekey(after, { renamed: () => true })).toEqual(renamed(after, nameBy(NEWEST, after.text)));
  });
});

const fix = (it: Named, rules: readonly Fixable[] = FIXABLE): unknown => told(fixed(subject(it), new Set(rules)));

describe("what can be mended without a loss", () => {
  const good = chat(NEWEST);

  it("nothing where all is well", () => {
    expect(fix(good)).toBeNull();
  });

  it("the text form: the same document as a recorder writes it", () => {
    expect(fix({ ...good, text: good.text.replaceAll("\n", "\r\n") })).toEqual([null, good.text]);
    expect(fix({ ...good, text: `${JSON.stringify(JSON.parse(good.text))}\n` })).toEqual([null, good.text]);
    expect(fix({ ...good, text: good.text.replace("high is", "h\u00efgh is") })).toEqual([
      null,
      good.text.replace("high is", "h\\u00efgh is"),
    ]);
  });

  it("not where a key stands there twice", () => {
    const twice = good.text.replace('"index": 0', '"index": 1, "index": 0');
    expect(fix({ ...good, text: twice })).toBe("a repeated key");
    expect(fix({ ...good, text: twice }, ["normalised"])).toBeNull();
  });

  it("ids and times: those literals alone", () => {
    const sent = good.text.replace(/"id": "rec-.*",/, '"id": "chatcmpl-1",\n        "created": 1.7e9,');
    expect(fix({ ...good, text: sent }, ["normalised"])).toEqual([
      null,
      sent.replace("chatcmpl-1", `rec-${good.name.slice(0, 12)}`).replace("1.7e9", "0"),
    ]);
    expect(fix({ ...good, text: sent }, ["list-digest"])).toBeNull();
  });

  it("the digest of a model list, in its name alone", () => {
    const models = list(NEWEST, "a.py::b", ["tide"]);
    expect(fix({ ...models, name: `models-${models.name}-00000000` })).toEqual([
      `models-${models.name}-8a28929a.json`,
      null,
    ]);
  });

  it("all of it at once, the text form first", () => {
    const sent = named(NEWEST, sample()).text.replace(/rec-\w{12}/, "chatcmpl-1");
    const { name } = named(NEWEST, sample());
    const compact = JSON.stringify(JSON.parse(sent));
    expect(fix({ name, text: compact })).toEqual([null, sent.replace("chatcmpl-1", `rec-${name.slice(0, 12)}`)]);
  });
});
