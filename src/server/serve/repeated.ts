import { masked } from "../../checks/secrets/mask.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { objectOf } from "../matching/edits.ts";
import { keysSent } from "../upstream/keys-sent.ts";
import { echoedIn } from "./echoed.ts";
import type { Asked } from "./types.ts";

/** The keys that came with a request and stand in it once more, as a recording would store it: nothing that is told may hold them. */
export function keysRepeated({ headers, target }: Pick<Asked, "headers" | "target">, request: JsonObject): string[] {
  const cut = target.indexOf("?");
  const keys = keysSent(headers, cut < 0 ? "" : target.slice(cut + 1));
  return keys.filter((key) => echoedIn(objectOf({ request }), [key]) !== null);
}

/** A text without these keys. */
export const withoutKeys = (text: string, keys: readonly string[]): string =>
  keys.reduce((rest, key) => rest.replaceAll(key, masked(key)), text);
