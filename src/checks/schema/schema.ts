import { validate } from "virtual:recording-schema";
import type { JsonPath } from "../../recording/json/locate.ts";
import type { JsonValue } from "../../recording/json/value.ts";
import { plain } from "./plain.ts";
import { problemsOf } from "./problems.ts";

/** Where a document is not what the format says, told for people; {@link JsonPath} leads to the place. */
export interface SchemaProblem {
  at: JsonPath;
  message: string;
}

/** What is wrong with a document by the schema of recordings, the most telling first; empty where nothing is. */
export function schemaProblems(root: JsonValue): SchemaProblem[] {
  const { value, chunks } = plain(root);
  return validate(value) ? [] : problemsOf(validate.errors ?? [], chunks, root);
}
