import { type Command, Option } from "commander";
import { withBaseline } from "../checks/baseline.ts";
import { type Checks, checkTree, fullName, unreadable } from "../checks/check.ts";
import { RULES } from "../checks/index.ts";
import type { Fact, Finding } from "../checks/rule.ts";
import { guessToday, SCHEME_IDS, type Today, todayFrom } from "../checks/today.ts";
import { EXIT, UserError } from "../errors.ts";
import { findingNotes, findingsReport, type Validated } from "../report/findings.ts";
import { isFresh, loadFacts, saveFacts, type StoredFact } from "../store/facts.ts";
import { cacheDir } from "../store/paths.ts";
import type { Context, Verb } from "./command.ts";
import { type CheckedFiles, checkFiles } from "./checking.ts";
import { outputOptions } from "./output.ts";
import { progress } from "./progress.ts";
import { chooseFiles, type SelectionOptions, selectionOptions } from "./selection.ts";

interface ValidateOptions extends SelectionOptions {
  rule?: readonly string[];
  scheme?: string;
  strict?: boolean;
  all?: boolean;
  maxFindings?: number;
  allowEmpty?: boolean;
}
