import { asArray, asObject, asString, JsonNumber, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { COMPACT, writeJson } from "../recording/json/write.ts";
import type { ToolSpec, Wire } from "./dialect.ts";
import type { Part, Piece } from "./message.ts";

/** A value on one line, as an API would send it. */
export const compact = (value: JsonValue): string => writeJson(value, COMPACT);

/** A value as text: a string as it is, anything else as JSON on one line. */
export const asText = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : compact(value);

/** The elements of an array that are objects. */
export const objects = (value: JsonValue | undefined): JsonObject[] =>
  (asArray(value) ?? []).filter((element) => asObject(element) !== undefined) as JsonObject[];

/** A whole number that tells choices or calls apart. */
export const indexOf = (value: JsonValue | undefined, otherwise: number): number =>
  value instanceof JsonNumber && Number.isSafeInteger(value.value) && value.value >= 0 ? value.value : otherwise;

/** The members of `body` but for those that are told elsewhere. */
export function parametersOf(body: JsonObject, ...told: string[]): [string, JsonValue][] {
  return [...body.entries()].filter(([key]) => key !== "model" && !told.includes(key));
}

/** One piece where `value` is a text that says anything. */
export function textPiece(
  type: "text" | "reasoning" | "refusal",
  choice: number,
  value: JsonValue | undefined,
): Piece[] {
  return typeof value === "string" && value !== "" ? [{ type, choice, text: value }] : [];
}

export function finishPiece(choice: number, value: JsonValue | undefined): Piece[] {
  return typeof value === "string" && value !== "" ? [{ type: "finish", choice, reason: value }] : [];
}

export function usagePiece(value: JsonValue | undefined): Piece[] {
  const usage = asObject(value);
  return usage ? [{ type: "usage", usage }] : [];
}

/** A whole tool call, whose arguments are an object or a text. */
export function callPiece(
  choice: number,
  call: string | null,
  id: JsonValue | undefined,
  name: JsonValue | undefined,
  args: JsonValue | undefined,
): Piece {
  return {
    type: "tool-call",
    choice,
    call,
    ...(typeof id === "string" ? { id } : {}),
    name: asText(name),
    arguments: args === undefined ? "" : asText(args),
  };
}

/** Numbers too many to show: how many, and the first ones. */
export function vectorText(value: JsonValue | undefined): string {
  const numbers = asArray(value);
  if (!numbers) return typeof value === "string" ? `base64, ${value.length} characters` : asText(value);
  const first = numbers.slice(0, 4).map((number) => asText(number));
  return `${numbers.length} numbers [${first.join(", ")}${numbers.length > 4 ? ", …" : ""}]`;
}

/** What lies behind a `data:` url or another address: its kind, and how large or where it is. */
export function mediaPart(url: string, kind: string): Part {
  const data = /^data:([^;,]*)(;base64)?,/.exec(url);
  if (!data) return { type: "media", media: kind, source: url };
  return base64Part(url.slice(data[0].length), data[1] || kind);
}

/** Base64 text that lies in the request itself. */
export function base64Part(base64: string, media: string): Part {
  return { type: "media", media, source: `${Math.floor((base64.length * 3) / 4)} bytes` };
}

/** Content that is a text, or a list of parts that `part` reads. */
export function contentParts(content: JsonValue | undefined, part: (value: JsonObject) => Part[]): Part[] {
  if (content === undefined || content === null) return [];
  if (typeof content === "string") return [{ type: "text", text: content }];
  const list = Array.isArray(content) ? content : [content];
  return list.flatMap((element): Part[] => {
    if (typeof element === "string") return [{ type: "text", text: element }];
    const object = asObject(element);
    return object ? part(object) : [{ type: "other", label: "part", value: element }];
  });
}

/** A part of a kind that is not known. */
export function otherPart(value: JsonObject): Part {
  return { type: "other", label: asString(value.get("type")) ?? "part", value };
}

/** A tool as most APIs declare it: {name, description, and a schema under one of `schemaKeys`}. */
export function toolSpec(tool: JsonObject, ...schemaKeys: string[]): ToolSpec {
  const schema = schemaKeys.map((key) => tool.get(key)).find((value) => value !== undefined && value !== null);
  return {
    name: asString(tool.get("name")) ?? asString(tool.get("type")) ?? compact(tool),
    description: asString(tool.get("description")) ?? "",
    parameters: schema ?? null,
  };
}

/** SSE whose events are `data: <json>` and nothing else, and which `end` closes. */
export function dataWire(end: string, body: Wire["body"] = (value) => value): Wire {
  return { chunk: (chunk) => `data: ${compact(chunk)}\n\n`, end, body };
}

/** SSE that was recorded line by line: a chunk is a line. */
export const LINES_WIRE: Wire = {
  chunk: (line) => `${asText(line)}\n`,
  end: "",
  body: (value) => value,
};
