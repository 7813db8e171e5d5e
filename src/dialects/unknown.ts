import type { JsonValue } from "../recording/json/value.ts";
import type { Dialect } from "./dialect.ts";
import type { Piece } from "./message.ts";
import { compact, dataWire } from "./shared.ts";

const item = (value: JsonValue): Piece[] =>
  value === null ? [] : [{ type: "item", label: "", text: typeof value === "string" ? value : compact(value) }];

/** What no dialect knows, shown as it is. Not in the table: nothing is recognised by it. */
export const unknown: Dialect = {
  id: "unknown",
  title: "unknown",
  endpoint: /$^/,
  type: null,
  ask: (body) => ({ turns: [], tools: [], parameters: [...body.entries()] }),
  chunk: item,
  body: item,
  wire: dataWire(""),
};
