import { forTerminal } from "../../text/escape.ts";
import type { FindingsDocument } from "../report.ts";

/**
 * Workflow commands that GitHub shows beside the lines of a change.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function* github({ findings }: FindingsDocument): Generator<string> {
  for (const { severity, path, line, column, rule, message, remedy } of findings) {
    const properties = { file: path, line, col: column, title: `recctl ${rule}` };
    const told = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
    yield `::${severity} ${told.join(",")}::${data(remedy ? `${message}\ntry: ${remedy}` : message)}\n`;
  }
}

/** Text behind the `::`: a line of its own could be taken for a command, and logs act on what terminals act on. */
const data = (text: string): string =>
  forTerminal(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
