import { masked } from "../../checks/secrets/mask.ts";
import type { JsonObject, JsonValue } from "../../recording/json/value.ts";
import { objectOf } from "../matching/edits.ts";
import { keysSent } from "../upstream/keys-sent.ts";
import { echoedIn } from "./echoed.ts";
import type { Asked } from "./types.ts";

/** The keys that came with a request, whichever API they are for, and whether it is passed on to one or not. */
export function keysOf({ headers, target }: Pick<Asked, "headers" | "target">, body: JsonValue): string[] {
  const cut = target.indexOf("?");
  return keysSent(headers, cut < 0 ? "" : target.slice(cut + 1), body);
}

/** Those that stand in it once more, as a recording would store it: nothing that is told may hold them. */
export function keysRepeated(asked: Pick<Asked, "headers" | "target">, body: JsonValue, request: JsonObject): string[] {
  return keysOf(asked, body).filter((key) => echoedIn(objectOf({ request }), [key]) !== null);
}

/** A text without these keys. */
export const withoutKeys = (text: string, keys: readonly string[]): string =>
  keys.reduce((rest, key) => rest.replaceAll(key, masked(key)), text);
