import { JsonError } from "../../recording/json/error.ts";
import { parseJson } from "../../recording/json/parse.ts";
import { asObject } from "../../recording/json/value.ts";
import { extendedText, headerText, isSeveralTests } from "./header-text.ts";

/** A header's value by its name in small letters; undefined where it was not sent. */
export type HeaderOf = (name: string) => string | undefined;

export type TestId =
  /** `from`: the header that says so, or null for the default. */
  | { readonly testId: string | null; readonly from: string | null }
  /** What is wrong with a header. */
  | { readonly error: string };

/** Headers with a JSON object, in which the recorder's own clients carry `__test_id`; the newer name first. */
const PROVIDER_DATA = ["X-OGX-Provider-Data", "X-LlamaStack-Provider-Data"];
const PLAIN = "X-Test-Id";

/** No test id of pytest comes near this. */
const LONGEST = 4096;

/**
 * The test that a request is made for: as the recorder's clients say it, else as anyone may, else `otherwise`. It is
 * data, to be hashed and compared: whoever makes a path of one has to look at it himself.
 */
export function testIdOf(header: HeaderOf, otherwise: string | null): TestId {
  for (const name of PROVIDER_DATA) {
    const text = header(name.toLowerCase());
    if (text === undefined) continue;
    const found = inProviderData(name, headerText(text));
    if (found !== null) return found;
  }
  const plain = header(PLAIN.toLowerCase());
  if (plain === undefined || plain === "") return { testId: otherwise, from: null };
  const text = extendedText(headerText(plain));
  if (text === null) return { error: `${PLAIN}: behind utf-8'' stands no percent-encoded UTF-8` };
  if (isSeveralTests(text)) return { error: `${PLAIN}: sent more than once, with a test each: ${text.slice(0, 200)}` };
  return checked(PLAIN, text);
}

/** Null where it says no test. */
function inProviderData(name: string, text: string): TestId | null {
  try {
    const data = asObject(parseJson(text));
    if (!data) return { error: `${name}: a JSON object is wanted` };
    const testId = data.get("__test_id") ?? null;
    if (testId === null) return null;
    return typeof testId === "string" ? checked(name, testId) : { error: `${name}: __test_id is no text` };
  } catch (error) {
    if (error instanceof JsonError) return { error: `${name}: ${error.message} (column ${error.column})` };
    throw error;
  }
}

function checked(name: string, testId: string): TestId {
  if (testId === "") return { error: `${name}: an empty test id` };
  if (testId.length > LONGEST) return { error: `${name}: a test id of more than ${LONGEST} characters` };
  if (/[\u0000-\u001f\u007f]/.test(testId)) return { error: `${name}: a control character in a test id` };
  return { testId, from: name };
}
