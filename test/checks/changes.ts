import type { JsonPath } from "../../src/recording/json/locate.ts";
import { asObject, asString, at, JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { PLAIN, REQUESTS, RESPONSE, TOP, TYPES, type Type, WRAPPER } from "./places.ts";

/** A value of a document that is dropped (undefined) or becomes another. */
export interface Change {
  path: JsonPath;
  name: string;
  value: JsonValue | undefined;
}

const SAMPLES: Readonly<Record<Type, JsonValue>> = {
  null: null,
  boolean: false,
  string: "text",
  number: new JsonNumber("1"),
  array: [],
  object: new JsonObject(),
};

/** The keys that a recording may lack since older ones do, and why. */
const HISTORY: readonly (readonly [path: string, when: (recording: Recording) => boolean, since: string])[] = [
  ["id_normalization_mapping", isOld, "2025-10-09, before http requests and provider_metadata"],
  ["request.provider_metadata", () => true, "2026-03-12"],
  ["response.exception_data", () => true, "some time after the first failures were recorded"],
];

function isOld({ head, request }: Recording): boolean {
  return (head.kind === "inference" || head.kind === "tool") && !request.has("provider_metadata");
}

/** What Google's API leaves out where the other is there: its library has neither in every chunk. */
const EITHER = /^response\.body(?:\.\d+)?\.(?:candidates|usage_metadata)$/;

/** Whether history, or the API, allows a change. */
export const excused = ({ path, value }: Change, recording: Recording): boolean =>
  value === undefined &&
  (EITHER.test(path.join(".")) || HISTORY.some(([key, when]) => key === path.join(".") && when(recording)));

/** Every key of a recording that the tables know, dropped and given each type that it may not have. */
export function changesOf(recording: Recording): Change[] {
  return placesOf(recording).flatMap(([path, types]) => {
    const others = (Object.keys(SAMPLES) as Type[]).filter((type) => !types.split(" ").includes(type));
    const retyped = others.map((name): Change => ({ path, name, value: SAMPLES[name] }));
    const dropped: Change[] = typeof path.at(-1) === "string" ? [{ path, name: "dropped", value: undefined }] : [];
    return [...dropped, ...retyped];
  });
}

type Place = readonly [path: JsonPath, types: string];

function placesOf({ root, head, request, response, body, failure }: Recording): Place[] {
  const url = asString(request.get("url")) ?? "";
  const plain = PLAIN.find(([end]) => end.test(url))?.[1] ?? {};
  const bodyType = Array.isArray(body) ? "array" : failure ? "null" : "object";
  const bodies: JsonPath[] = Array.isArray(body)
    ? body.map((_, index) => ["response", "body", index])
    : [["response", "body"]];
  const table = (base: JsonPath, places: Readonly<Record<string, string>>): Place[] =>
    Object.entries(places).flatMap(([path, types]) =>
      reached(root, base, path.split(".")).map((place): Place => [place, types]),
    );
  return [
    ...table([], TOP),
    ...table(["request"], REQUESTS[head.kind] ?? {}),
    ...table(["response"], RESPONSE),
    [["response", "body"], failure && response.get("is_streaming") === true ? "array null" : bodyType],
    ...bodies.flatMap((path): Place[] => {
      const value = at(root, ...path);
      const type = asString(asObject(value)?.get("__type__"))?.split(".").at(-1);
      const whole: Place[] =
        typeof path.at(-1) === "number" ? [[path, typeof value === "string" ? "string" : "object"]] : [];
      if (type === undefined) return [...whole, ...table(path, plain)];
      if (!(type in TYPES)) throw new Error(`no table for ${type}`);
      return [...whole, ...table(path, WRAPPER), ...table([...path, "__data__"], TYPES[type] ?? {})];
    }),
  ];
}

/** The paths from `base` that are there; `*` is every element. */
function reached(root: JsonValue, base: JsonPath, steps: readonly string[]): JsonPath[] {
  const [step, ...rest] = steps;
  if (step === undefined) return at(root, ...base) === undefined ? [] : [base];
  const here = at(root, ...base);
  if (step !== "*") return reached(root, [...base, step], rest);
  return Array.isArray(here) ? here.flatMap((_, index) => reached(root, [...base, index], rest)) : [];
}

/** What `look` gives back while the document is changed. */
export function changed<T>(root: JsonValue, { path, value }: Change, look: () => T): T {
  const parent = at(root, ...path.slice(0, -1));
  const step = path.at(-1) as string | number;
  if (Array.isArray(parent)) {
    const [before] = parent.splice(step as number, 1, value as JsonValue);
    try {
      return look();
    } finally {
      parent[step as number] = before as JsonValue;
    }
  }
  const object = asObject(parent) as JsonObject;
  const index = object.keys.lastIndexOf(step as string);
  const [keys, values] = [[...object.keys], [...object.values]];
  if (value === undefined) for (const list of [object.keys, object.values]) list.splice(index, 1);
  else object.values[index] = value;
  try {
    return look();
  } finally {
    object.keys.splice(0, object.keys.length, ...keys);
    object.values.splice(0, object.values.length, ...values);
  }
}
