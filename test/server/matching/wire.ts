import type { JsonObject } from "../../../src/recording/json/value.ts";
import { wiresOf } from "../../../src/server/matching/asked.ts";
import type { WireRequest } from "../../../src/server/matching/forms/form.ts";

/** What the recorder's own library sends for a recorded request; null for what no row of the table asks. */
export const wireOf = (request: JsonObject): WireRequest | null => wiresOf(request)[0] ?? null;
