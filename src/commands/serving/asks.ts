import { MODES } from "../../server/serve/modes.ts";
import type { ServeSettings } from "../../server/serve/types.ts";
import { forTerminalLine } from "../../text/escape.ts";

/** Which upstreams are asked, where somebody named them, and who did: a line each. `file` is the configuration's. */
export function asksLines(
  { mode, upstreams }: Pick<ServeSettings, "mode" | "upstreams">,
  file: string | null,
): readonly string[] {
  if (!MODES[mode].ask) return [];
  return upstreams
    .filter(({ api, from }, at) => from !== "default" && upstreams.findIndex((one) => one.api === api) === at)
    .map(({ api, url, from }) => {
      const where = from === "config" && file !== null ? file : "--upstream";
      return forTerminalLine(`asks ${api} at ${url} (${where})`);
    });
}
