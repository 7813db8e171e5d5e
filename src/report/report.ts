import type { Finding } from "../checks/rule.ts";
import type { Jsonable } from "../recording/json/write.ts";
import type { Paint } from "../text/style.ts";

/** What a command found, as data and as what people read of it. */
export interface Report {
  /** For `--json`: members by name. A member that is an array may be any iterable, and is written as it comes. */
  document(): Record<string, Jsonable | Iterable<Jsonable>>;
  /** For `--ndjson`: the items, a line each. */
  items(): Iterable<Jsonable>;
  /** For people, or for a pipe. */
  text(screen: Screen): Iterable<string>;
  /** For formats that know of findings alone. */
  findings?(): FindingsDocument;
  /** For a pull request's comment or a job summary, a line each. */
  markdown?(): Iterable<string>;
  /** What a pipe gets instead, byte for byte. */
  bytes?: Uint8Array;
}

/** Findings, and what each rule looks for, by its id. */
export interface FindingsDocument {
  /** The command that found them, and what it says where there are none. */
  by: { command: string; none: string };
  findings: readonly Finding[];
  titles: Readonly<Record<string, string>>;
}

/** Where text will be read. */
export interface Screen {
  /** On a terminal text is cut and wrapped to fit, and escaped; off it nothing is. */
  terminal: boolean;
  columns: number;
  paint: Paint;
}
