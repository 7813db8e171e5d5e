import { UserError } from "../../errors.ts";
import { numberText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";

/** An error in one line: the fact, and the first place. */
export function errorLine(error: unknown): string {
  if (!(error instanceof UserError)) {
    return forTerminalLine(`a bug in recctl: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { message, places } = error;
  const more = places.length > 1 ? ` and ${numberText(places.length - 1)} more` : "";
  return forTerminalLine(places.length === 0 ? message : `${message}: ${places[0]}${more}`);
}
