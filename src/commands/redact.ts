import { type Command, InvalidArgumentError, Option } from "commander";
import type { Subject } from "../checks/rule.ts";
import { type Found, secretsOfRecording } from "../checks/secrets/document.ts";
import type { Group } from "../checks/secrets/pattern.ts";
import { PATTERNS } from "../checks/secrets/patterns.ts";
import type { Today } from "../checks/today.ts";
import { EXIT, UsageError } from "../errors.ts";
import { redacted } from "../mend/redact.ts";
import type { Plan } from "../mend/settle.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import { planReport, planSummary } from "../report/plan.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Context, Verb } from "./command.ts";
import { matcherOf } from "./matching.ts";
import { applyPlan, NO_RECORDING, neighboursOf, planFor } from "./mending.ts";
import { outputOptions } from "./output.ts";
import { recoverFirst } from "./recovering.ts";
import { chooseFiles, type SelectionOptions, selectionOptions } from "./selection.ts";
import { settingsOf } from "./settings.ts";
import { mustBeSet, schemeOption } from "./today.ts";
import { todayFor } from "./today-for.ts";
import { typedWith } from "./typed.ts";

interface RedactCommand extends SelectionOptions {
  with?: string;
  scheme?: string;
  apply?: boolean;
  all?: boolean;
}

/** How many files of each sort people see. */
const EACH = 5;

/** What takes the place of a secret where --with says nothing: as much of its form as tells what was there, and nothing of itself. */
const REPLACEMENTS: Partial<Record<Group, (text: string) => string>> = {
  host: (host) => `redacted.${host.slice(host.indexOf(".") + 1)}`,
  email: () => "redacted@example.com",
  home: (path) => path.replace(/[^/\\]+$/, "user"),
};
const REDACTED = "REDACTED";

export const redact: Verb<RedactCommand> = {
  examples: [
    ["recctl redact secret", "what validate found: a plan"],
    ["recctl redact secret/host --apply", "take account host names out"],
    ["recctl redact 'Jane Doe' --with 'A. N.' tests", "a text, in some folders"],
    ["recctl redact '/ticket-[0-9]+/'", "what a regular expression finds"],
  ],
  exits: [
    [0, "nothing to take out, or taken out with --apply"],
    [1, "there is something to take out, or left in"],
    [2, "wrong usage, or refused: nothing was changed"],
  ],
  define(command: Command) {
    command.description(
      "Takes secrets out of recordings. WHAT is a finding of validate (secret, secret/key, …), a text, or /a regular " +
        "expression/. It shows a plan; --apply does it, recctl undo takes it back. Where the request changes, the name follows as in rekey.",
    );
    command.argument("<what>", "secret, secret/GROUP, a text, or /regular expression/");
    command.argument("[path...]", "folders, files or globs");
    command.addOption(new Option("--apply", "do it"));
    command.addOption(
      new Option(
        "--with <text>",
        `what takes its place; without, ${REDACTED} or a harmless name of its sort`,
      ).argParser(replacement),
    );
    command.addOption(schemeOption());
    selectionOptions(command);
    outputOptions(command, ["text", "json", "ndjson"]);
    command.addOption(new Option("--all", `every file; people see ${EACH} of a sort`).helpGroup("Output:"));
  },
  async run([what = "", ...paths], options, context) {
    const { allow } = await settingsOf(context);
    const sought = soughtBy(what, allow);
    await recoverFirst(context);
    const chosen = await chooseFiles(paths, options, context);
    const { targets } = chosen;
    const today = await todayFor(targets, options.scheme, context);
    const textsIn = sought.textsIn;
    const replacing = (text: string): string => options.with ?? sought.replacement(text);
    const plan = await planFor(
      targets,
      (one) => redacted(one, { textsIn, replacement: replacing, today }),
      context,
      await neighboursOf(chosen, context),
    );
    // What people typed may be the secret itself, which is not repeated.
    const typed = (more: readonly string[]): string =>
      sought.rule ? typedWith(more, context) : `the same command with ${more.join(" ")}`;
    const doing = (scheme: string): string => typed(["--scheme", scheme, "--apply"]);
    if (options.apply && renames(plan)) mustBeSet(today, doing);
    const applied = options.apply ? await applyPlan(plan, "redact", context) : null;
    const doIt = today.from === "auto" && renames(plan) ? doing(today.date) : typed(["--apply"]);
    const planned = {
      plan,
      applied: applied?.id ?? null,
      next: applied?.id ? `${context.recctl} undo` : doIt,
      each: options.all ? Number.POSITIVE_INFINITY : EACH,
      files: targets.length,
    };
    return {
      exit: remains(plan, options.apply === true) ? EXIT.no : EXIT.ok,
      report: planReport(planned),
      notes: notesOf(planned, today, context).map(forTerminalLine),
    };
  },
};

function replacement(value: string): string {
  // It may stand in JSON within JSON (the arguments of a tool call, the data of an event), which it must not break.
  if (/["\\]|[^ -~]/.test(value))
    throw new InvalidArgumentError("Printable ASCII without quotes and backslashes is wanted.");
  return value;
}

/** Whether something is still there that was to be taken out. */
const remains = ({ steps, left }: Plan, applied: boolean): boolean =>
  (steps.length > 0 && !applied) || left.some(({ cause }) => cause !== NO_RECORDING);

const renames = ({ steps }: Plan): boolean => steps.some(({ type }) => type !== "rewrite");

function notesOf(planned: Parameters<typeof planReport>[0], today: Today, { io }: Context): string[] {
  const { plan, applied } = planned;
  const summary = io.stdout.terminal ? [] : planSummary(planned);
  const scheme = renames(plan) ? [`scheme ${today.date}: ${today.why}`] : [];
  const kept =
    applied === null
      ? []
      : ["what was taken out is still in git's history, and kept for undo: revoke what opens a door"];
  return [...summary, ...scheme, ...kept];
}

/** What is to be taken out. */
interface Sought {
  textsIn: (subject: Subject) => string[];
  replacement: (text: string) => string;
  /** Whether it is named by a rule: what people typed is a secret otherwise, and is not repeated. */
  rule: boolean;
}

function soughtBy(what: string, allow: readonly string[]): Sought {
  const group = /^secret(?:\/(.+))?$/.exec(what);
  if (group) return soughtByRule(group[1], allow);
  const expression = /^\/(.+)\/([imsu]*)$/s.exec(what);
  if (expression) {
    const matches = matcherOf(expression[1] as string, expression[2] as string);
    return {
      textsIn: ({ root, path }) => distinct(matches(stringsOf(root), path)),
      replacement: () => REDACTED,
      rule: false,
    };
  }
  if (/^\/.+\/[a-z]+$/s.test(what)) throw new UsageError("a regular expression knows the flags i, m, s and u");
  if (what === "") throw new UsageError("an empty text stands everywhere");
  return {
    textsIn: ({ root }) => (stringsOf(root).some((text) => text.includes(what)) ? [what] : []),
    replacement: () => REDACTED,
    rule: false,
  };
}

function soughtByRule(wanted: string | undefined, allow: readonly string[]): Sought {
  const groups = new Set<string>(PATTERNS.map(({ group }) => group));
  if (wanted !== undefined && !groups.has(wanted)) {
    throw new UsageError(`no secrets are called ${wanted}`, { remedy: `one of ${[...groups].join(", ")}` });
  }
  const sorts = new Map<string, Group>();
  const textsIn = ({ root, units }: Subject): string[] => {
    const found = secretsOfRecording({ root, units }, allow).filter(
      ({ secret }) => wanted === undefined || secret.group === wanted,
    );
    for (const { text, secret } of found) sorts.set(text, secret.group);
    return distinct(found.map(({ text }: Found) => text));
  };
  return { textsIn, replacement: (text) => REPLACEMENTS[sorts.get(text) as Group]?.(text) ?? REDACTED, rule: true };
}

/** Longer texts first: a shorter one may stand in a longer one. */
const distinct = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((text) => text !== "").sort((a, b) => b.length - a.length);

/** Every string of a document, keys included. */
function stringsOf(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return value instanceof JsonObject ? [...value.keys, ...value.values.flatMap(stringsOf)] : [];
}
