import { JsonError } from "../../recording/json/error.ts";
import { parseJson } from "../../recording/json/parse.ts";
import { asObject, asString, type JsonObject } from "../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { without } from "../matching/edits.ts";
import type { KeyedApi } from "./keys.ts";

/** The key in a body, of an API that takes it there; null where there is none. */
export const keyIn = (api: KeyedApi | undefined, body: Uint8Array): string | null =>
  api?.member === undefined ? null : (asString(rootOf(body)?.get(api.member)) ?? null);

/** The body without it. */
export function withoutKey({ member }: KeyedApi, body: Uint8Array): Uint8Array {
  const root = rootOf(body);
  return root && member !== undefined ? Buffer.from(writeJson(without(root, member), COMPACT)) : body;
}

/** What cannot be read has no key that anybody would read. */
function rootOf(body: Uint8Array): JsonObject | undefined {
  try {
    return asObject(parseJson(Buffer.from(body.buffer, body.byteOffset, body.length).toString()));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
