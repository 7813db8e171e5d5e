import type { Dialect } from "../dialects/dialect.ts";
import { dialectFor } from "../dialects/index.ts";
import { type Unit, unitsOf } from "../dialects/units.ts";
import { sha256 } from "../recording/digest.ts";
import { type Flaw, type Parsed, parseDocument } from "../recording/document.ts";
import { whyNotRecording } from "../recording/head.ts";
import { type JsonPath, pathText } from "../recording/json/locate.ts";
import type { JsonObject } from "../recording/json/value.ts";
import { type Name, readName } from "../recording/name.ts";
import { type Hashable, namesOf, verifying } from "../recording/names/schemes.ts";
import { type Recording, recordingFrom } from "../recording/recording.ts";
import { wrappedIn } from "./chunks.ts";
import { RULES } from "./index.ts";
import { fullName } from "./names.ts";
import { placesOf } from "./places.ts";
import { anew } from "./remedy.ts";
import type {
  CheckSettings,
  Fact,
  Finding,
  Place,
  Rule,
  Severity,
  Source,
  Subject,
  TreeProblem,
  Wrapped,
} from "./rule.ts";
import { veiled } from "./secrets/mask.ts";
import type { Today } from "./today.ts";

/** What checking one file gave. */
export interface Checked {
  findings: Finding[];
  /** null for what is no recording. */
  fact: Fact | null;
}

/** The rules that are wanted, and how bad their findings are: plain data, so that a thread can be handed it. */
export interface Checks {
  /** Ids of rules or of variants (`secret/email`); null: all. */
  wanted: readonly string[] | null;
  /** By rule, or by variant, which wins. */
  severities: Readonly<Record<string, Severity>>;
  settings: CheckSettings;
}

/** Checks one file by itself. The bytes of `source` are not looked at afterwards. */
export function checkFile(source: Source, checks: Checks): Checked {
  const { path, bytes } = source;
  const parsed = parseDocument(bytes, true);
  if ("message" in parsed) return unreadable(path, { remedy: anew(path), ...parsed }, checks);
  const { root } = parsed;
  const why = whyNotRecording(root);
  if (why) {
    const remedy = `${checks.settings.recctl} schema tells the format; what is no recording belongs elsewhere`;
    const problem: TreeProblem = { path, at: why.path, message: why.message, remedy };
    return { findings: findingsOf("schema", [problem], checks, parsed.text), fact: null };
  }
  const subject = subjectOf(source, { ...parsed, root: root as JsonObject });
  const findings: Finding[] = [];
  for (const rule of rulesOf(checks)) {
    const problems = [...(rule.file?.(subject, checks.settings) ?? [])];
    if (problems.length === 0) continue;
    const placed = problems.map((problem) => ({ ...problem, path }));
    for (const finding of findingsOf(rule.id, placed, checks, parsed.text)) findings.push(finding);
  }
  return { findings, fact: factOf(subject, bytes) };
}

/** What is told of a file that holds no JSON, or cannot be read. */
export function unreadable(path: string, { line, column, message, remedy }: Flaw, checks: Checks): Checked {
  const problem: TreeProblem = { path, at: { line, column }, message, ...(remedy ? { remedy } : {}) };
  return { findings: findingsOf("json", [problem], checks), fact: null };
}

/** Checks what all recordings of a tree say together; `wanted`: whose problems are told. */
export function checkTree(
  facts: readonly Fact[],
  today: Today,
  wanted: (path: string) => boolean,
  checks: Checks,
): Finding[] {
  return rulesOf(checks).flatMap((rule) => {
    const problems = rule.tree ? [...rule.tree(facts, today, checks.settings)] : [];
    return findingsOf(
      rule.id,
      problems.filter(({ path, paths }) => (paths ?? [path]).some(wanted)),
      checks,
    );
  });
}

/** A recording as rules see it, from its text and document. */
export const subjectOf = (source: Source, parsed: Omit<Parsed, "root"> & { root: JsonObject }): Subject =>
  new ReadSubject(source, parsed);

/**
 * A class, for V8 keeps the getter of an object literal in a hidden class of its own, and with it the whole
 * recording, until it next collects old garbage.
 */
class ReadSubject implements Subject {
  readonly path: string;
  readonly place: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly plain: boolean;
  readonly root: JsonObject;
  readonly recording: Recording;
  readonly dialect: Dialect;
  readonly name: Name;
  readonly wrapped: readonly Wrapped[];
  private read: readonly Unit[] | undefined;

  constructor({ path, place, bytes }: Source, { text, plain, root }: Omit<Parsed, "root"> & { root: JsonObject }) {
    this.path = path;
    this.place = place;
    this.bytes = bytes;
    this.text = text;
    this.plain = plain;
    this.root = root;
    this.recording = recordingFrom(root, text);
    this.dialect = dialectFor(this.recording.head);
    this.name = readName(path);
    this.wrapped = wrappedIn(this.recording);
  }

  get units(): readonly Unit[] {
    this.read ??= unitsOf(this.recording, this.dialect);
    return this.read;
  }
}

/** What a recording's name is made of: what is stored, without the ids of `id_normalization_mapping`. */
export function hashableOf({ root, recording }: Pick<Subject, "root" | "recording">): Hashable {
  const request = root.get("request") as JsonObject;
  return { kind: recording.head.kind, request, testId: root.get("test_id") ?? null };
}

function factOf(subject: Subject, bytes: Buffer): Fact {
  const { path, name, recording } = subject;
  const { hashes, request } = namesOf(hashableOf(subject));
  return {
    path,
    id: name.id,
    kind: recording.head.kind,
    testId: recording.head.testId && detached(recording.head.testId),
    verifies: hashes.size === 0 ? null : verifying(name.hash, hashes),
    request,
    answer: answerDigest(bytes),
  };
}

/** A copy: V8 cuts strings out of the file's text, and what is kept of a recording would keep that whole. */
const detached = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

const RESPONSE = Buffer.from('\n  "response": ');
const RECORDED = Buffer.from("rec-");
const HASH12 = 12;

/**
 * A digest of the answer as it is stored, without the ids that tell under which name it was recorded:
 * those differ in copies. Of a file in another text form it is the whole file's. The ids are blanked out of `bytes`:
 * to hash what lies between them piece by piece takes several times as long.
 */
function answerDigest(bytes: Buffer): string {
  const from = Math.max(0, bytes.indexOf(RESPONSE));
  for (let id = bytes.indexOf(RECORDED, from); id >= 0; id = bytes.indexOf(RECORDED, id + RECORDED.length)) {
    const start = id + RECORDED.length;
    if (/^[0-9a-f]{12}$/.test(bytes.toString("latin1", start, start + HASH12))) bytes.fill(0, start, start + HASH12);
  }
  return sha256(bytes.subarray(from)).slice(0, 16);
}

/** The rules that can tell something that is wanted. */
function rulesOf(checks: Checks): readonly Rule[] {
  const known = WANTED.get(checks);
  if (known) return known;
  const rules = RULES.filter(({ id, variants }) =>
    Object.keys(variants).some((variant) => severityOf(id, variant, checks) !== "off"),
  );
  WANTED.set(checks, rules);
  return rules;
}

/** The same for every file of a run. */
const WANTED = new WeakMap<Checks, readonly Rule[]>();

function severityOf(id: string, variant: string, { wanted, severities }: Checks): Severity {
  const name = fullName(id, variant);
  if (wanted && !wanted.includes(id) && !wanted.includes(name)) return "off";
  const usual = RULES.find((rule) => rule.id === id)?.variants[variant] ?? "error";
  return severities[name] ?? severities[id] ?? usual;
}

function findingsOf(id: string, problems: readonly TreeProblem[], checks: Checks, text?: string): Finding[] {
  if (problems.length === 0) return [];
  const places =
    text === undefined
      ? []
      : placesOf(
          text,
          problems.map(({ at }) => (Array.isArray(at) ? at : [])),
        );
  return problems.flatMap(({ path, paths, variant = "", at, message, remedy, cause }, index) => {
    const severity = severityOf(id, variant, checks);
    if (severity === "off") return [];
    return [
      {
        rule: fullName(id, variant),
        severity,
        path,
        ...placeOf(at, places[index]),
        at: Array.isArray(at) ? pathText(at.map((step) => (typeof step === "string" ? veiled(step) : step))) : "",
        message: veiled(message),
        ...(remedy ? { remedy: veiled(remedy) } : {}),
        ...(cause ? { cause } : {}),
        ...(paths ? { paths } : {}),
      },
    ];
  });
}

/** The place that a rule names, or that its path leads to in the file; a file is told at its first character. */
function placeOf(at: JsonPath | Place, found: Place | undefined): Place {
  if (!Array.isArray(at)) return { line: at.line, column: at.column };
  return at.length === 0 || found === undefined ? { line: 1, column: 1 } : found;
}
