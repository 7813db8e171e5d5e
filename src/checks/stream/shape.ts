import { asObject, type JsonValue } from "../../recording/json/value.ts";
import type { Problem, Subject } from "../rule.ts";

const BODY = ["response", "body"];
const FLAG = ["response", "is_streaming"];

/** Whether the body's shape is what `is_streaming` says. */
export function shapeProblems({ recording: { head, body } }: Subject): Problem[] {
  if (!head.streaming) {
    const kind = Array.isArray(body) ? body.map(streamed).find((name) => name !== null) : undefined;
    return kind ? [{ at: FLAG, message: `is_streaming is false, and the body is a stream of ${kind}` }] : [];
  }
  if (body === null && head.failed) return [];
  if (!Array.isArray(body)) return [{ at: FLAG, message: "is_streaming is true, and the body is no list of chunks" }];
  if (body.length === 0 && !head.failed) return [{ at: BODY, message: "a stream without a chunk" }];
  const whole = firstWhole(body);
  if (whole >= 0) {
    return [{ at: [...BODY, whole], message: `is_streaming is true, and this is no chunk: ${typeName(body[whole])}` }];
  }
  const mixed = body.findIndex((chunk) => typeof chunk !== typeof body[0]);
  if (mixed >= 0) return [{ at: [...BODY, mixed], message: "lines of server-sent events and objects in one stream" }];
  return oddType(body);
}

/** The events of one API differ in type; all else streams chunks of one type. */
const EVENT = /(?:^|\.)Response[A-Z]\w*Event$/;

/** The first chunk of another type than the others: what reads a stream back builds each by its type. */
function oddType(body: readonly JsonValue[]): Problem[] {
  const types = body.map((chunk) => asObject(chunk)?.get("__type__"));
  const [first, second, third] = types;
  const usual = second === third && body.length > 2 ? second : first;
  const odd = types.findIndex((type) => type !== usual && !(EVENT.test(String(usual)) && EVENT.test(String(type))));
  if (odd < 0) return [];
  const at = [...BODY, odd, ...(types[odd] === undefined ? [] : ["__type__"])];
  return [{ at, message: "a chunk of another type than the others: no client reads both" }];
}

/** Types that are a whole answer, never a chunk of one. Text completions have one type for both. */
const WHOLE = /^(?:ChatCompletion|CreateEmbeddingResponse|EmbedResponse|Model|ListResponse|ToolInvocationResult)$/;

/** The first element that is a whole answer; -1 where there is none. */
function firstWhole(body: readonly JsonValue[]): number {
  let known: JsonValue | undefined;
  return body.findIndex((chunk) => {
    const type = asObject(chunk)?.get("__type__");
    // Most chunks are of one type.
    if (type === known) return false;
    known = type;
    return WHOLE.test(typeName(chunk));
  });
}

/** What an element of a body shows it to be, if it can only be part of a stream. */
function streamed(element: JsonValue): string | null {
  if (typeof element === "string") return /^(?:data|event):/.test(element) ? "server-sent events" : null;
  const name = typeName(element);
  return /Chunk$|^GenerateResponse$|^ChatResponse$/.test(name) ? `${name}s` : null;
}

/** The last part of Python's name of a type; "" where there is none. */
function typeName(element: JsonValue | undefined): string {
  const type = asObject(element)?.get("__type__");
  return typeof type === "string" ? type.slice(type.lastIndexOf(".") + 1) : "";
}
