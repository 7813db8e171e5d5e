import type { Paint } from "../../text/style.ts";
import { clip, pad } from "../../text/width.ts";

/** The title of a pane; a sign and a look tell whether it has the keys. */
export function titleLine(title: string, hasKeys: boolean, columns: number, paint: Paint): string {
  const text = pad(clip(`${hasKeys ? "■" : "□"} ${title}`, columns), columns);
  return paint(hasKeys ? "heading" : "faint", text);
}
