import { sha256 } from "../digest.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import type { Kind } from "../kinds.ts";
import { never, PARTS, SCHEMES, schemesOf } from "./schemes.ts";

/** The name of a request under a test id; null where it has none. */
export type Namer = (request: JsonObject, testId: JsonValue) => string | null;

/**
 * Names by one scheme alone, or (null) those of requests without their test ids. A body that several requests share, the very same
 * value, is written once: one request may have been asked of many providers.
 */
export function namerOf(kind: Kind, id: string | null): Namer {
  const newest = schemesOf(kind).at(-1);
  const scheme = id === null ? newest && { ...newest, testId: never } : SCHEMES.find((one) => one.id === id);
  const partsOf = PARTS[kind];
  if (!partsOf || scheme?.kind !== kind) return () => null;
  const written = new Map<JsonValue | undefined, Map<string | undefined, string>>();
  return (request, testId) => {
    const parts = partsOf(request);
    if (!parts) return null;
    const body = request.get("body") ?? request.get("payload") ?? request.get("kwargs");
    const texts = written.get(body) ?? new Map<string | undefined, string>();
    const leftOut = parts.body.leftOut(scheme);
    const text = texts.get(leftOut) ?? parts.body.text(scheme);
    written.set(body, texts.set(leftOut, text));
    return sha256(parts.before + text + parts.behind(scheme, testId));
  };
}
