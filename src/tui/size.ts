import type { Terminal } from "../io.ts";
import type { Size } from "./state/state.ts";

/** The size of a terminal, of those too that do not know theirs. */
export const sizeOf = ({ columns, rows }: Terminal["output"]): Size => ({ columns: columns || 80, rows: rows || 24 });
