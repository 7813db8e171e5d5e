import { JsonError } from "../../recording/json/error.ts";
import { parseJson } from "../../recording/json/parse.ts";
import { asObject, asString, type JsonValue } from "../../recording/json/value.ts";
import type { Question } from "../matching/match.ts";
import { type Routed, routeOf } from "../matching/routes.ts";
import { testIdOf } from "../matching/testid.ts";
import { clientOf } from "./family.ts";
import type { Asked, ServeSettings } from "./types.ts";
import { unknownText } from "./unknown.ts";

/** A request as it was read, or what of it could not be; then with as much as is known of it. */
export type Read =
  | { readonly question: Question; readonly path: string; readonly query: string }
  | {
      readonly refused: string;
      readonly status: number;
      readonly routed: Routed | null;
      readonly path: string;
      readonly query: string;
    };

/** Reads a request: where it goes, for which test, and its body. */
export function questionOf(asked: Asked, settings: Pick<ServeSettings, "testId">): Read {
  const { method, target } = asked;
  const cut = target.indexOf("?");
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = cut < 0 ? "" : target.slice(cut + 1);
  const fits = routeOf(method, target);
  const client = fits?.route.shared ? clientOf({ query, headers: asked.headers }) : null;
  // What another API has under the same path is none of this one's.
  const routed = fits && (client ?? fits.route.api) === fits.route.api ? fits : null;
  const refused = (status: number, why: string): Read => ({ refused: why, status, routed, path, query });
  if (!routed) return refused(501, unknownText(asked, path, fits ? client : null));
  const told = testIdOf((name) => asked.headers[name], settings.testId);
  if ("error" in told) return refused(400, told.error);
  const read = bodyOf(asked.body);
  if ("why" in read) return refused(400, read.why);
  return { question: { routed, body: read.value, testId: told.testId }, path, query };
}

function bodyOf(bytes: Uint8Array): { value: JsonValue } | { why: string } {
  if (bytes.length === 0) return { value: null };
  try {
    return { value: parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    if (error instanceof JsonError) {
      const where = `(line ${error.line}, column ${error.column})`;
      // The reader is one of files.
      const said = error.message.replace(/^the file /, "the body ");
      return { why: said === error.message ? `the body is no JSON: ${said} ${where}` : `${said} ${where}` };
    }
    if (error instanceof TypeError) return { why: "the body is no UTF-8" };
    throw error;
  }
}

/** The model that is asked; null where there is none. */
export const modelOf = ({ routed, body }: Question): string | null =>
  routed.model ?? asString(asObject(body)?.get("model")) ?? null;
