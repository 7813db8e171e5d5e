import type { Dialect } from "../dialects/dialect.ts";
import type { Unit } from "../dialects/units.ts";
import type { JsonPath } from "../recording/json/locate.ts";
import type { JsonObject } from "../recording/json/value.ts";
import type { Kind } from "../recording/kinds.ts";
import type { Name } from "../recording/name.ts";
import type { Recording } from "../recording/recording.ts";
import type { Today } from "./today.ts";

export type Severity = "error" | "warning" | "off";

/** A file as it is handed in. */
export interface Source {
  /** As people see it, with `/`. */
  path: string;
  /** The same from the root of the file system on: rules look at the folders above. */
  place: string;
  bytes: Buffer;
}

/** A recording, read whole, as the rules of a file see it. */
export interface Subject {
  path: string;
  place: string;
  /** The file, while it is checked. */
  bytes: Buffer;
  text: string;
  /** Whether the text is as a recorder writes it. */
  plain: boolean;
  /** The document as it is stored; `recording` has the ids of `id_normalization_mapping` put in. */
  root: JsonObject;
  recording: Recording;
  dialect: Dialect;
  name: Name;
  /** What stands at the top level of the response, wrapped in Python type names. */
  wrapped: readonly Wrapped[];
  /** The stream, unit by unit; empty for what did not stream. */
  readonly units: readonly Unit[];
}

/** What a Python type name wraps: a body, or an element of one. */
export interface Wrapped {
  /** Its place in a body that is a list; null for a body of its own. */
  index: number | null;
  type: string;
  data: JsonObject;
}

/** What rules that look at a whole tree keep of each recording. */
export interface Fact {
  path: string;
  id: string;
  kind: Kind;
  testId: string | null;
  /** The schemes under which the name verifies; null for a request that no scheme names. */
  verifies: readonly string[] | null;
  /** The request's hash without its test id (see namesOf), and a digest of the answer without its `rec-` ids. */
  request: string | null;
  answer: string;
}

/** What is wrong, as a rule sees it. */
export interface Problem {
  /** One of the rule's variants; none for the rule itself. */
  variant?: string;
  /** Where in the file: a value, or a line and a column from 1. */
  at: JsonPath | Place;
  /** The fact. */
  message: string;
  /** What to type or do next. */
  remedy?: string;
  /** What findings of one rule that have the same cause have in common, in a few words. */
  cause?: string;
}

export interface Place {
  line: number;
  column: number;
}

/** A problem of one file among many. */
export interface TreeProblem extends Problem {
  path: string;
  /** All files that the problem is about, where they are several. */
  paths?: readonly string[];
}

/** What rules may ask of the run. */
export interface CheckSettings {
  /** How commands that recctl suggests begin. */
  recctl: string;
  /** Largest size of a file without a finding, in bytes. */
  size: number;
  /** Texts that are no secrets. */
  allow: readonly string[];
  /** The folder in which runs look for what is not in its test's, as it is configured: the end of a path. */
  fallback: string;
}

/** A rule: one file in this folder. */
export interface Rule {
  id: string;
  /** What it looks for, in a few words. */
  title: string;
  /** What it can find, and how bad that is unless the configuration says otherwise; "" is the rule itself. */
  variants: Readonly<Record<string, Exclude<Severity, "off">>>;
  /** Looks at one recording. */
  file?(subject: Subject, settings: CheckSettings): Iterable<Problem>;
  /** Looks at all recordings of a tree. */
  tree?(facts: readonly Fact[], today: Today, settings: CheckSettings): Iterable<TreeProblem>;
}

/** What a rule found in a file. */
export interface Finding {
  /** The rule, and behind a slash its variant. */
  rule: string;
  severity: Exclude<Severity, "off">;
  path: string;
  line: number;
  column: number;
  /** `response.body[3].id`; "" for the file itself. */
  at: string;
  message: string;
  remedy?: string;
  cause?: string;
  paths?: readonly string[];
}
