import { isFloat } from "../../recording/json/number.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** What moves from one recording of an answer to the next, though the answer is the same. */
export type Noise =
  | "chunk borders"
  | "ids"
  | "times"
  | "padding"
  | "usage"
  | "log probabilities"
  | "order"
  | "vectors"
  | "other fields";

/** Keys that are told as noise, and as which. The first that fits any step of a path wins. */
const KEYS: readonly (readonly [RegExp, Noise])[] = [
  [/^(usage|usage_metadata|\w*_tokens|\w*_count|tokens_details)$/, "usage"],
  [/^(logprobs|logprobs_result|avg_logprobs|top_logprobs)$/, "log probabilities"],
  [/^(obfuscation|padding)$/, "padding"],
  [/^(id|\w+_id|ids|system_fingerprint|signature|thought_signature|encrypted_content)$/, "ids"],
  [/^(created|created_at|completed_at|create_time|expires_at|date|\w+_duration|\w*_ms)$/, "times"],
  [/^(sdk_http_response|headers)$/, "other fields"],
];

/** Keys under which a stream carries the answer itself, or counts its chunks. */
const CARRIES =
  /^(choices|delta|content|content_block|text|thinking|reasoning|reasoning_content|refusal|response|message|output|item|part|arguments|partial_json|tool_calls|candidates|parts|index|\w+_index|sequence_number|type)$/;

/** As which noise a change at this path counts; null where it is none. */
export function noiseAt(path: readonly (string | number)[]): Noise | null {
  const steps = path.filter((step) => typeof step === "string");
  for (const [keys, noise] of KEYS) if (steps.some((step) => keys.test(step))) return noise;
  return null;
}

/** What moved in a stream whose message is the same: in chunks as the API sends them, without their wrappers. */
export function streamNoise(olds: readonly JsonValue[], nows: readonly JsonValue[]): Noise[] {
  const [before, behind] = [leavesOf(olds), leavesOf(nows)];
  const found = new Set<Noise>();
  if (olds.length !== nows.length) found.add("chunk borders");
  for (const path of new Set([...before.keys(), ...behind.keys()])) {
    if (before.get(path) === behind.get(path)) continue;
    const steps = path.split(" ");
    found.add(noiseAt(steps) ?? (steps.some((step) => CARRIES.test(step)) ? "chunk borders" : "other fields"));
  }
  return [...found];
}

/** The different values that stand at a path, in order, elements of arrays under one; no null. */
function leavesOf(values: readonly JsonValue[]): Map<string, string> {
  const leaves = new Map<string, Set<string>>();
  const walk = (value: JsonValue, path: string): void => {
    if (Array.isArray(value)) for (const element of value) walk(element, path);
    else if (value instanceof JsonObject) for (const [key, member] of value.entries()) walk(member, `${path} ${key}`);
    else if (value !== null) {
      const text = value instanceof JsonNumber ? value.text : JSON.stringify(value);
      const known = leaves.get(path);
      if (known) known.add(text);
      else leaves.set(path, new Set([text]));
    }
  };
  for (const value of values) walk(value, "");
  return new Map([...leaves].map(([path, texts]) => [path, [...texts].join("\n")]));
}

/** Fewer numbers than these are told one by one. */
const LEAST = 8;
/** The cosine from which on two vectors say the same. */
const NEAR = 0.9999;

/** A list of floats: an embedding. */
export const isVector = (value: JsonValue): value is JsonNumber[] =>
  Array.isArray(value) &&
  value.length >= LEAST &&
  value.every((one) => one instanceof JsonNumber) &&
  value.some((one) => isFloat((one as JsonNumber).text));

/** Whether the vectors in two values are as many, and point where they pointed. */
export function nearVectors(old: JsonValue, now: JsonValue): boolean {
  const [before, behind] = [vectorsIn(old), vectorsIn(now)];
  return before.length === behind.length && before.every((vector, at) => cosine(vector, behind[at] ?? []) >= NEAR);
}

function vectorsIn(value: JsonValue): number[][] {
  if (isVector(value)) return [value.map((number) => number.value)];
  if (Array.isArray(value)) return value.flatMap(vectorsIn);
  return value instanceof JsonObject ? value.values.flatMap(vectorsIn) : [];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return 0;
  let [product, left, right] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at] as number, b[at] as number];
    product += one * other;
    left += one * one;
    right += other * other;
  }
  return left === right && left === 0 ? 1 : product / Math.sqrt(left * right);
}
