import type { Memory } from "./journal.ts";
import type { Counts, Mode, Reply } from "./types.ts";

/** Paths of the server's own; nothing below it is ever forwarded or recorded. */
const HOUSE = "/__recctl/";

interface House {
  readonly mode: Mode;
  readonly memory: Memory;
  readonly counts: Readonly<Counts>;
  readonly reset: () => void;
}

/** What can be asked of the server itself. */
const ROUTES: Readonly<Record<string, (house: House) => object>> = {
  "GET /__recctl/health": ({ mode, counts }) => ({ status: "ok", mode, counts }),
  "GET /__recctl/journal": ({ memory }) => memory.told(),
  "POST /__recctl/reset": ({ reset }) => {
    reset();
    return { status: "ok" };
  },
};

/** Whether a path is the server's own. */
export const isHouse = (path: string): boolean => path.startsWith(HOUSE);

/** The answer of the server itself; null for what is asked of an API. */
export function houseReply(method: string, target: string, house: House): Reply | null {
  const path = target.replace(/\?.*$/s, "");
  if (!isHouse(path)) return null;
  const known = ROUTES[`${method === "HEAD" ? "GET" : method} ${path}`];
  const told = known?.(house) ?? { error: `recctl knows ${Object.keys(ROUTES).join(", ")}` };
  return {
    status: known ? 200 : 404,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(told),
  };
}
