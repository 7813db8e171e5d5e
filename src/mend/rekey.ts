import { hashableOf } from "../checks/check.ts";
import { memberPath, wrappedIn } from "../checks/chunks.ts";
import type { Subject } from "../checks/rule.ts";
import { schemeFor, type Today } from "../checks/today.ts";
import { edited } from "../recording/json/edit.ts";
import { at } from "../recording/json/value.ts";
import { quoteJson } from "../recording/json/write.ts";
import type { Name } from "../recording/name.ts";
import { type Hashable, hashesOf, verifying } from "../recording/names/schemes.ts";
import { type Left, type Wish, wishFor } from "./wish.ts";

/** What names are to be made by. */
export interface RekeyOptions {
  today: Pick<Today, "date">;
  /** The test that recordings without one belong to. */
  testId?: string;
  /** Whether a search-and-replace explains the name of a recording that verifies under no scheme. */
  renamed?: (subject: Subject) => boolean;
}

/**
 * The wish that a recording be called as today's scheme calls it; why it is left alone; null where it is
 * called so already, or no scheme names it. Only what its own recorder named is renamed: a name that
 * verifies under nothing may belong to a request that was edited, which a run still finds under it.
 */
export function rekeyed(subject: Subject, { today, testId, renamed }: RekeyOptions): Wish | Left | null {
  const { path, root, name } = subject;
  const hashable = hashableOf(subject);
  const scheme = schemeFor(hashable.kind, today);
  const hashes = hashesOf(hashable);
  if (scheme === undefined || hashes.size === 0) return null;
  const wanted = digitsOf(scheme, hashes);
  const bare = !root.has("test_id") && hashable.kind !== "tool";
  if (wanted === name.hash && !(bare && testId !== undefined)) return null;
  const verified = verifying(name.hash, hashes).at(-1);
  if (verified === undefined && !renamed?.(subject)) {
    return {
      path,
      why: "its name verifies under no scheme (validate --explain)",
      cause: "named by no scheme",
    };
  }
  const why =
    verified === undefined
      ? `named before the rename, now by ${scheme}`
      : verified === scheme
        ? `12 digits to the whole name of ${scheme}`
        : `scheme ${verified} to ${scheme}`;
  if (!bare) return wishFor(subject, { name: nameWith(name, wanted), text: recordedAs(subject, wanted), why });
  if (testId === undefined) return { path, why: "it has no test_id: give it one with --test-id", cause: "no test_id" };
  const named: Hashable = { ...hashable, testId };
  const hash = digitsOf(scheme, hashesOf(named));
  if (hash === name.hash) return null;
  return wishFor(subject, { name: nameWith(name, hash), text: withTestId(recordedAs(subject, hash), testId), why });
}

/** The scheme whose names are the first 12 digits alone. */
const OLDEST = "2025-07-29";

function digitsOf(scheme: string, hashes: ReadonlyMap<string, string>): string {
  const hash = hashes.get(scheme) as string;
  return scheme === OLDEST ? hash.slice(0, 12) : hash;
}

/** A name with another hash: a model list keeps the digest of what it lists. */
export const nameWith = ({ digest }: Name, hash: string): string =>
  digest === null ? hash : `models-${hash}-${digest}`;

/** The text of a recording whose `rec-` ids follow its name to another hash. */
export function recordedAs({ text, root, name }: Pick<Subject, "text" | "root" | "name">, hash: string): string {
  const old = `rec-${name.hash.slice(0, 12)}`;
  const value = `rec-${hash.slice(0, 12)}`;
  // As stored: what `id_normalization_mapping` would put in stands nowhere in the text.
  const edits = wrappedIn({ body: at(root, "response", "body") ?? null })
    .filter(({ data }) => data.get("id") === old)
    .map((one) => ({ at: memberPath(one, "id"), value }));
  return edits.length === 0 || old === value ? text : edited(text, edits);
}

/** A text with a test id as its first member, as recorders write it. */
function withTestId(text: string, testId: string): string {
  return text.replace("{", () => `{\n  "test_id": ${quoteJson(testId, true)},`);
}
