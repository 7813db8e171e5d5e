import type { JsonObject } from "../../../recording/json/value.ts";
import type { Candidate } from "../axes.ts";
import type { Routed } from "../routes.ts";

/** How recordings store the requests of some APIs. */
export interface Form {
  /** What the request may be stored as, in a fixed order; each of them looks on the wire as this does. */
  stored(routed: Routed, body: JsonObject): readonly Candidate[];
}
