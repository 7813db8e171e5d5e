import { COMPACT, writeJson } from "../../recording/json/write.ts";
import type { Handler } from "../../server/http/types.ts";
import { errorOf } from "../../server/matching/wire-errors.ts";
import { apiOf } from "../../server/serve/said.ts";
import type { Serving } from "../../server/serve/types.ts";

/** Requests of the HTTP server as the core takes them. A path comes decoded: what would end it there is encoded again. */
export const handlerOf =
  (serve: Serving): Handler =>
  ({ method, path, query, headers, body, gone }) => {
    const encoded = path.replace(/[%?#]/g, encodeURIComponent);
    return serve({ method, target: query === "" ? encoded : `${encoded}?${query}`, headers, body, gone });
  };

/** What the HTTP server refuses by itself, in the words of the API that is asked. */
export const errorBody = (path: string, status: number, message: string): string =>
  writeJson(errorOf(apiOf(null, { path }), { status, message }).body, COMPACT);
