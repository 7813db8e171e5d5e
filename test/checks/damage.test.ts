import { describe, expect, it } from "vitest";
import type { Checked } from "../../src/checks/check.ts";
import type { Finding } from "../../src/checks/rule.ts";
import { schemaProblems } from "../../src/checks/schema/schema.ts";
import { recorderText } from "../../src/checks/text-form.ts";
import { dialectFor } from "../../src/dialects/index.ts";
import { assemble, type Message, parsedArguments } from "../../src/dialects/message.ts";
import { piecesOf } from "../../src/dialects/units.ts";
import { readDocument } from "../../src/recording/document.ts";
import { differences } from "../../src/recording/json/difference.ts";
import { type JsonPath, pathText } from "../../src/recording/json/locate.ts";
import { readName } from "../../src/recording/name.ts";
import { hashesOf, verifying } from "../../src/recording/names/schemes.ts";
import { type Recording, recordingFrom } from "../../src/recording/recording.ts";
import { checkOne, findingsOf, OWN } from "./checked.ts";
import { Chance, DAMAGES } from "./damages.ts";

/** How many files are damaged, and by which chances: RECCTL_DAMAGE=1000 RECCTL_DAMAGE_SEED=7. */
const HOW_MANY = Number(process.env.RECCTL_DAMAGE ?? 200);
const SEED = Number(process.env.RECCTL_DAMAGE_SEED ?? 1);

const SOUND = new Map([...OWN].map(([path, bytes]): [string, Checked] => [path, checkOne(path, bytes)]));
const paths = [...OWN.keys()];
const keyOf = (finding: Finding): string => JSON.stringify(finding);
const BEFORE = new Set(findingsOf([...SOUND.values()]).map(keyOf));

/** A file that came to harm, and what is found in its tree that was not found before. */
interface Harmed {
  damage: string;
  path: string;
  before: Buffer;
  after: Buffer;
  fresh: Finding[];
}

function harmed(index: number, chance: Chance): Harmed {
  const kinds = Object.keys(DAMAGES);
  const damage = kinds[index % kinds.length] as string;
  const path = chance.of(paths);
  const before = OWN.get(path) as Buffer;
  const after = DAMAGES[damage]?.(before, chance, OWN.get(chance.of(paths)) as Buffer) as Buffer;
  const tree = paths.map((other) => (other === path ? checkOne(path, after) : (SOUND.get(other) as Checked)));
  return { damage, path, before, after, fresh: findingsOf(tree).filter((finding) => !BEFORE.has(keyOf(finding))) };
}

const recordingOf = (bytes: Buffer): Recording => {
  const document = readDocument(bytes);
  if ("message" in document) throw new Error(document.message);
  return recordingFrom(document.root, document.text);
};

/** Where values may be of any content: what was answered, and what the recorder knew of its surroundings. */
const FREE = /^response\.(?:body\b|exception_data\.|exception_message$)|^request\.(?:provider_metadata\b|url$|method$)/;

/** What stands in few recordings and is free there: FORMAT has a reason for each. */
const FREE_HERE: readonly ((at: string, recording: Recording) => boolean)[] = [
  // Missing before 2025-10-09.
  (at) => at === "id_normalization_mapping",
  // Its keys were never settled, and no scheme names it.
  (at, { head }) => head.kind === "file-processor" && /^request\b/.test(at),
  // Left out of the name since 2026-01-21.
  (at, { head }) => /^request\.body\.stream_options\b/.test(at) && head.url?.includes("bedrock") === true,
];

/** What rules speak of wherever it stands free: the ids, times and models at the top of each chunk. */
const TOP = /^response\.body(?:\[\d+\])?\.__data__\.(?:id|created|created_at|\w+_duration)$/;

/** Why a damaged file that no rule speaks of is not a sound recording all the same; empty where it is one. */
function doubts({ path, before, after }: Harmed): string[] {
  const [then, now] = [recordingOf(before), recordingOf(after)];
  const found: string[] = schemaProblems(now.root).map(({ message }) => message);
  if (`${recorderText(now.root)}` !== after.toString()) found.push("the text form");
  const name = readName(path).hash;
  const schemes = ({ head, request }: Recording): string =>
    verifying(name, hashesOf({ kind: head.kind, request, testId: head.testId })).join();
  if (schemes(now) !== schemes(then)) found.push("the name");
  const changed = differences(then.root, now.root, 10_000);
  const isFree = (at: string): boolean => FREE.test(at) || FREE_HERE.some((free) => free(at, then));
  const elsewhere = changed.filter((at) => !isFree(pathText(at)));
  const length = (recording: Recording): unknown => Array.isArray(recording.body) && recording.body.length;
  // A model's `created` is part of what was answered.
  const models = dialectFor(then.head).id === "openai-models";
  if (!models && length(then) === length(now)) elsewhere.push(...changed.filter((at) => TOP.test(pathText(at))));
  found.push(...elsewhere.map((at: JsonPath) => pathText(at)));
  return [...found, ...unfinished(messageOf(then), messageOf(now), now.head.streaming)];
}

const messageOf = (recording: Recording): Message => assemble(piecesOf(recording, dialectFor(recording.head)));

/** What an answer has lost that it had: the finish of a choice, arguments that are JSON. */
function unfinished(then: Message, now: Message, streaming: boolean): string[] {
  if (!streaming) return [];
  const open = now.choices.filter(({ index, finish }) => {
    const before = then.choices.find((choice) => choice.index === index);
    return before && before.finish !== null && finish === null;
  });
  const calls = now.choices.flatMap(({ parts }) => parts.filter((part) => part.type === "tool-call"));
  const broken = calls.filter((call) => call.arguments !== "" && parsedArguments(call.arguments) === undefined);
  return [...open.map(({ index }) => `choice ${index} is open`), ...broken.map(({ name }) => `arguments of ${name}`)];
}

describe(`${HOW_MANY} recordings damaged at random (RECCTL_DAMAGE=1000 damages more), seed ${SEED}`, () => {
  const chance = new Chance(SEED);
  const all = Array.from({ length: HOW_MANY }, (_, index) => harmed(index, chance));
  const changed = all.filter(({ before, after }) => !before.equals(after));
  const isTold = ({ fresh, path }: Harmed): boolean =>
    fresh.some((finding) => finding.path === path || finding.paths?.includes(path));

  it("each is told, with a place in the file, or is shown to be a sound recording still", () => {
    const counts: Record<string, { told: number; sound: number }> = {};
    const lost: string[] = [];
    for (const one of changed) {
      const told = isTold(one);
      const count = counts[one.damage] ?? { told: 0, sound: 0 };
      counts[one.damage] = count;
      count[told ? "told" : "sound"]++;
      const why = told ? [] : doubts(one);
      if (why.length > 0) lost.push(`${one.damage} of ${one.path}: ${why.join("; ")}`);
    }
    expect(lost).toEqual([]);
    if (process.env.RECCTL_DAMAGE) process.stdout.write(`${JSON.stringify(counts, null, 1).replace(/\n {2}/g, " ")}\n`);
    expect(changed.filter(isTold).length).toBeGreaterThan(changed.length / 2);
  });

  it("places lie in the file", () => {
    const off = changed.flatMap(({ path, after, fresh }) => {
      const lines = after.toString("latin1").split("\n");
      return fresh.filter(({ line, column, ...finding }) => {
        const text = lines[line - 1];
        return finding.path === path && (text === undefined || column < 1 || column > text.length + 1);
      });
    });
    expect(off).toEqual([]);
  });

  it("what cannot be read is told once, by the rule json, as an error", () => {
    for (const { after, path, fresh } of changed) {
      if (!("message" in readDocument(after))) continue;
      const own = fresh.filter((finding) => finding.path === path);
      expect(own.map(({ severity }) => severity)).toEqual(["error"]);
      expect(["json", "schema"]).toContain(own[0]?.rule);
      expect(own[0]?.remedy).toBeTruthy();
    }
  });

  it("nothing is said of the other files, but for what they now share with it", () => {
    const others = changed.flatMap(({ path, fresh }) =>
      fresh.filter((finding) => finding.path !== path && !finding.paths?.includes(path)),
    );
    expect(others).toEqual([]);
  });
});
