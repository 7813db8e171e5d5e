import { asObject, type JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { kindOf } from "../../recording/kinds.ts";
import { type Hashes, hasherOf, verifying } from "../../recording/names/schemes.ts";

/** What a file's name claims to be the hash of. */
export interface Claim {
  request: JsonObject;
  /** As stored; undefined where there is no such key. */
  testId: JsonValue | undefined;
  hashes: Hashes;
}

/** The claim of a document; null where it holds no request. */
export function claimOf(root: JsonObject): Claim | null {
  const request = asObject(root.get("request"));
  return request ? claim(request, root.get("test_id")) : null;
}

/** A request under a test id. */
export function claim(request: JsonObject, testId: JsonValue | undefined): Claim {
  return { request, testId, hashes: hasherOf({ kind: kindOf(new Set(request.keys)), request }) };
}

/** The first of the test ids under which a request has this hash (64 hex digits, or the first 12), and by which scheme, the newest. */
export function namedUnder<Id extends JsonValue | undefined>(
  hash: string,
  { hashes }: Claim,
  testIds: Iterable<Id>,
): { testId: Id; scheme: string } | null {
  for (const testId of testIds) {
    const scheme = verifying(hash, hashes(testId)).at(-1);
    if (scheme !== undefined) return { testId, scheme };
  }
  return null;
}
