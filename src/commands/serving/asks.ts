import type { Io } from "../../io.ts";
import { MODES } from "../../server/serve/modes.ts";
import type { ServeSettings } from "../../server/serve/types.ts";
import { proxyFor } from "../../server/upstream/proxies.ts";
import { forTerminalLine } from "../../text/escape.ts";

/**
 * Which upstreams are asked, where somebody named them, and who did, and the proxies on the way: a line each. `file` is the
 * configuration's.
 */
export function asksLines(
  { mode, upstreams }: Pick<ServeSettings, "mode" | "upstreams">,
  file: string | null,
  env: Io["env"],
): readonly string[] {
  if (!MODES[mode].ask) return [];
  const named = upstreams
    .filter(({ api, from }, at) => from !== "default" && upstreams.findIndex((one) => one.api === api) === at)
    .map(({ api, url, from }) => {
      const where = from === "config" && file !== null ? file : "--upstream";
      return forTerminalLine(`asks ${api} at ${url} (${where})`);
    });
  const through = upstreams.flatMap(({ url }) => {
    const proxy = proxyFor(url, env);
    return proxy ? forTerminalLine(`asks through the proxy ${proxy.url.host} (${proxy.variable})`) : [];
  });
  return [...named, ...new Set(through)];
}
