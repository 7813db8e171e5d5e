import type { Finding } from "../checks/rule.ts";
import { countText } from "../text/bytes.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import { wrapLines } from "../text/wrap.ts";
import { causeTexts, type FindingGroup } from "./finding-groups.ts";
import type { Validated } from "./findings.ts";
import { byFolder, called, folderOf } from "./places.ts";
import type { Screen } from "./report.ts";

/** How many of the other files that a finding is about people see. */
const OTHERS = 3;

/** What people see of the findings of one rule: how many, why, the first of them, and what to do. */
export function* groupLines(
  group: FindingGroup,
  shown: readonly Finding[],
  validated: Validated,
  screen: Screen,
): Generator<string> {
  const { columns, paint } = screen;
  const { severity, rule, findings } = group;
  const look = severity === "error" ? "bad" : "warn";
  const title = validated.titles[rule.split("/")[0] as string] ?? "";
  const head = `${severity} ${rule} ${countText(findings.length, "finding")}`;
  const painted = `${paint(look, severity)} ${paint("heading", rule)} ${countText(findings.length, "finding")}`;
  const beside = head.length + 2 + title.length <= columns;
  yield title !== "" && beside ? `${painted}  ${paint("faint", title)}` : painted;
  if (!beside) for (const line of indented(title, 2, columns)) yield paint("faint", line);
  for (const text of causeTexts(group)) yield* wrapLines(forTerminalLine(text), columns);
  const [first] = findings as readonly [Finding];
  const alike = findings.every(({ message }) => message === first.message);
  if (alike) yield* indented(first.message, 2, columns);
  yield* byFolder(
    shown.map((finding) => ({ folder: folderOf(finding.path), line: lineOf(finding, alike) })),
    screen,
  );
  for (const text of moreTexts(group, validated)) yield* wrapLines(forTerminalLine(text), columns);
  const { remedy, label } = remedyOf(findings);
  if (remedy) yield* remedyLines(remedy, label, screen);
  yield "";
}

/** One finding: the recording, the place, and what is not told of all. */
function lineOf({ path, line, column, at, message, paths = [] }: Finding, alike: boolean): string {
  const others = [...new Set(paths.map(called))].filter((other) => other !== called(path));
  const told = others.slice(0, OTHERS).join(", ");
  const more = others.length > OTHERS ? ` and ${others.length - OTHERS} more` : "";
  const beside = others.length > 0 ? [`(and ${told}${more})`] : [];
  const about = [alike ? at : message, ...beside].filter((text) => text !== "");
  return `${called(path)}:${line}:${column}  ${about.join(" ")}`.trimEnd();
}

/** How many findings are not shown, and how to see them. */
export function moreTexts({ rule, findings }: FindingGroup, { each, command }: Validated): string[] {
  const more = findings.length - each;
  return more > 0 ? [`  and ${more.toLocaleString("en-US")} more: ${command} --rule ${rule} --all`] : [];
}

/** What to do about all of them: a command that takes a file is told without it, where all else is the same. */
function remedyOf(findings: readonly Finding[]): { remedy: string | undefined; label: string } {
  const [first] = findings as readonly [Finding];
  if (findings.every(({ remedy }) => remedy === first.remedy)) return { remedy: first.remedy, label: "try" };
  const general = withoutPaths(first);
  if (WHOLE_TREE.test(general) && findings.every((finding) => withoutPaths(finding) === general)) {
    return { remedy: general, label: "try" };
  }
  return { remedy: first.remedy, label: "try, for the first," };
}

/** Commands that without a path speak of the whole tree. */
const WHOLE_TREE = / (?:validate|rekey|redact)(?: |$)/;

function withoutPaths({ remedy = "", path, paths = [path] }: Finding): string {
  return [...paths, path].reduce((text, one) => text.replaceAll(` ${forShell(one)}`, ""), remedy);
}

/** What to do in words, and behind a colon the command to type: alone on its line, for then it is pasted whole. */
function* remedyLines(remedy: string, label: string, { columns, paint }: Screen): Generator<string> {
  const command = /(?:^|: )((?:recctl|git|mv) .*)$/s.exec(remedy)?.[1] ?? "";
  const words = remedy.slice(0, remedy.length - command.length).trimEnd();
  const [first = "", ...rest] = words === "" ? [] : indented(`${label}  ${words}`, 2, columns);
  if (words === "") yield `  ${paint("faint", label)}  ${forTerminalLine(command)}`;
  else {
    yield `  ${paint("faint", label)}${first.slice(2 + label.length)}`;
    yield* rest;
    if (command !== "") yield `      ${forTerminalLine(command)}`;
  }
}

/** A text in lines that begin with so many spaces. */
export const indented = (text: string, by: number, columns: number): string[] =>
  wrapLines(forTerminalLine(text), columns - by).map((line) => (" ".repeat(by) + line).trimEnd());
