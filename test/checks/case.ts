import type { CheckSettings } from "../../src/checks/rule.ts";
import type { Files } from "./fixtures.ts";

/** A tree in which something is wrong, or one in which nothing is. */
export interface Case {
  /** The rule, with its variant: of a good case the one that must keep still. */
  rule: string;
  /** What is there, in a few words. */
  name: string;
  files: () => Files;
  /** As `--scheme` takes it. */
  scheme?: string;
  settings?: Partial<CheckSettings>;
}

/** A case with one finding of its rule. */
export interface Bad extends Case {
  severity: "error" | "warning";
  /** The value it is about, as the finding tells it; "" for the file. */
  at: string;
  /** How the text goes on at its line and column; none for what is told of the file, at 1:1. */
  points?: string;
  says: RegExp;
  remedy: RegExp;
  /** Rules that have something to say of it, too. */
  also?: readonly string[];
}
