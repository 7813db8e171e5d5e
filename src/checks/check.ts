import { createHash } from "node:crypto";
import { dialectFor } from "../dialects/index.ts";
import { parseDocument } from "../recording/document.ts";
import { whyNotRecording } from "../recording/head.ts";
import { type JsonPath, locate, pathText } from "../recording/json/locate.ts";
import type { JsonObject } from "../recording/json/value.ts";
import { readName } from "../recording/name.ts";
import { type Hashable, namesOf, verifying } from "../recording/names/schemes.ts";
import { recordingFrom } from "../recording/recording.ts";
import type {
  CheckSettings,
  Fact,
  Finding,
  Place,
  Problem,
  Rule,
  Severity,
  Source,
  Subject,
  TreeProblem,
} from "./rule.ts";
import type { Today } from "./today.ts";

/** What checking one file gave. */
export interface Checked {
  findings: Finding[];
  /** null for what is no recording. */
  fact: Fact | null;
}

/** How bad a finding is, by rule and variant; undefined: as the rule has it. */
export type Severities = (rule: string, variant: string) => Severity | undefined;

/** The rules that are wanted, and how bad their findings are. */
export interface Checks {
  rules: readonly Rule[];
  severities: Severities;
  settings: CheckSettings;
}

/** Checks one file by itself. The bytes of `source` are not looked at afterwards. */
export function checkFile(source: Source, checks: Checks): Checked {
  const { path, bytes } = source;
  const parsed = parseDocument(bytes);
  if ("message" in parsed) {
    const { line, column, message, remedy } = parsed;
    const problem: Problem = { at: { line, column }, message, ...(remedy ? { remedy } : {}) };
    return { findings: findingsOf("json", [{ ...problem, path }], checks), fact: null };
  }
  const { text, root } = parsed;
  const why = whyNotRecording(root);
  if (why) {
    const problem: TreeProblem = { path, at: why.path, message: why.message };
    return { findings: findingsOf("schema", [problem], checks, text), fact: null };
  }
  const subject = subjectOf(source, text, root as JsonObject);
  const findings = checks.rules.flatMap((rule) =>
    rule.file
      ? findingsOf(
          rule.id,
          [...rule.file(subject, checks.settings)].map((problem) => ({ ...problem, path })),
          checks,
          text,
        )
      : [],
  );
  return { findings, fact: factOf(subject, bytes) };
}

/** Checks what all recordings of a tree say together; `wanted`: whose problems are told. */
export function checkTree(
  facts: readonly Fact[],
  today: Today,
  wanted: (path: string) => boolean,
  checks: Checks,
): Finding[] {
  return checks.rules.flatMap((rule) => {
    const problems = rule.tree ? [...rule.tree(facts, today, checks.settings)] : [];
    return findingsOf(
      rule.id,
      problems.filter(({ path, paths }) => (paths ?? [path]).some(wanted)),
      checks,
    );
  });
}

/** A recording as rules see it, from its text and document. */
export function subjectOf({ path, place, bytes }: Source, text: string, root: JsonObject): Subject {
  const recording = recordingFrom(root, text);
  return {
    path,
    place,
    bytes: bytes.length,
    text,
    root,
    recording,
    dialect: dialectFor(recording.head),
    name: readName(path),
  };
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
    testId: recording.head.testId,
    verifies: hashes.size === 0 ? null : verifying(name.hash, hashes),
    request,
    answer: answerDigest(bytes),
  };
}

const RESPONSE = Buffer.from('\n  "response": ');
const RECORDED = Buffer.from("rec-");

/**
 * A digest of the answer as it is stored, without the ids that tell under which name it was recorded:
 * those differ in copies. Of a file in another text form it is the whole file's.
 */
function answerDigest(bytes: Buffer): string {
  const hash = createHash("sha256");
  let from = Math.max(0, bytes.indexOf(RESPONSE));
  for (;;) {
    const id = bytes.indexOf(RECORDED, from);
    if (id < 0) break;
    hash.update(bytes.subarray(from, id));
    from = id + RECORDED.length + 12;
  }
  return hash.update(bytes.subarray(from)).digest("hex").slice(0, 16);
}

function findingsOf(
  id: string,
  problems: readonly TreeProblem[],
  { rules, severities }: Checks,
  text?: string,
): Finding[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) return [];
  return problems.flatMap(({ path, paths, variant = "", at, message, remedy, cause }) => {
    const severity = severities(id, variant) ?? rule.variants[variant] ?? "error";
    if (severity === "off") return [];
    const place = placeOf(at, text);
    return [
      {
        rule: variant === "" ? id : `${id}/${variant}`,
        severity,
        path,
        ...place,
        at: Array.isArray(at) ? pathText(at) : "",
        message,
        ...(remedy ? { remedy } : {}),
        ...(cause ? { cause } : {}),
        ...(paths ? { paths } : {}),
      },
    ];
  });
}

function placeOf(at: JsonPath | Place, text: string | undefined): Place {
  if (!Array.isArray(at)) return { line: at.line, column: at.column };
  return at.length === 0 || text === undefined ? { line: 1, column: 1 } : locate(text, at);
}
