import { hashableOf } from "../checks/check.ts";
import type { Subject } from "../checks/rule.ts";
import { schemeFor, type Today } from "../checks/today.ts";
import { type Edit, edited } from "../recording/json/edit.ts";
import type { JsonPath } from "../recording/json/locate.ts";
import { parseJson } from "../recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import { hashesOf, verifying } from "../recording/names/schemes.ts";
import { countText } from "../text/bytes.ts";
import { nameWith, recordedAs } from "./rekey.ts";
import { type Left, type Wish, wishFor } from "./wish.ts";

/** The texts to take out of a recording, out of any place in it; longer ones first. */
export type TextsIn = (subject: Subject) => readonly string[];

export interface RedactOptions {
  textsIn: TextsIn;
  /** What takes the place of each. */
  replacement: (text: string) => string;
  today: Pick<Today, "date">;
}

/**
 * The wish that texts be taken out of a recording; why that cannot be; null where it holds none. Where the
 * request changes so that its name no longer verifies, it gets the one that today's scheme gives it.
 */
export function redacted(subject: Subject, { textsIn, replacement, today }: RedactOptions): Wish | Left | null {
  const texts = textsIn(subject);
  if (texts.length === 0) return null;
  const { path, root, name } = subject;
  const { edits, inKeys } = replacements(root, texts, replacement);
  if (inKeys > 0)
    return { path, why: `${countText(inKeys, "key")} of its JSON would have to change`, cause: "in a key" };
  if (edits.length === 0) {
    return { path, why: "it is spread over the chunks of a stream: record it anew", cause: "spread over chunks" };
  }
  const text = edited(subject.text, edits);
  const why = countText(edits.length, "text");
  const before = verifying(name.hash, hashesOf(hashableOf(subject)));
  const document = parseJson(text) as JsonObject;
  const after = hashableOf({ root: document, recording: subject.recording });
  const hashes = hashesOf(after);
  const holds = verifying(name.hash, hashes).some((scheme) => before.includes(scheme));
  const hash = before.length === 0 || holds ? undefined : hashes.get(schemeFor(after.kind, today) ?? "");
  if (hash === undefined) return wishFor(subject, { name: null, text, why });
  const renamed = recordedAs({ ...subject, text }, hash);
  return wishFor(subject, { name: nameWith(name, hash), text: renamed, why: `${why}, and the name` });
}

/** The edits that replace texts wherever they stand in values; and how many keys hold one. */
function replacements(
  root: JsonValue,
  texts: readonly string[],
  replacement: (text: string) => string,
): { edits: Edit[]; inKeys: number } {
  const edits: Edit[] = [];
  let inKeys = 0;
  const visit = (value: JsonValue, at: JsonPath): void => {
    if (typeof value === "string") {
      const changed = texts.reduce((text, one) => text.split(one).join(replacement(one)), value);
      if (changed !== value) edits.push({ at, value: changed });
    } else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) visit(element, [...at, index]);
    } else if (value instanceof JsonObject) {
      for (const [key, member] of value.entries()) {
        if (texts.some((text) => key.includes(text))) inKeys++;
        visit(member, [...at, key]);
      }
    }
  };
  visit(root, []);
  return { edits, inKeys };
}
