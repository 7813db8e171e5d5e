import type { Finding } from "../../checks/rule.ts";
import { groupsOf } from "../../report/finding-groups.ts";
import type { Paint } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";
import type { Known } from "../state/state.ts";
import { labelled, said, unknownLines } from "./told.ts";

/** What `validate` found in a recording, errors first. */
export const findingsOf = remembering(
  (
    path: string,
    known: Known<ReadonlyMap<string, readonly Finding[]>>,
    recctl: string,
    columns: number,
    paint: Paint,
  ): readonly string[] => {
    if (known.is !== "known") return unknownLines(known, "checking…", columns, paint);
    const findings = known.value.get(path) ?? [];
    const lines = groupsOf(findings).flatMap((group) =>
      group.findings.flatMap((finding) => oneFinding(finding, columns, paint)),
    );
    if (findings.length === 0) lines.push(...said("validate finds nothing wrong", 0, columns, paint, "good"), "");
    const hint = `which rules there are and how bad each is: ${recctl} config`;
    return [...lines, ...said(hint, 0, columns, paint, "faint")];
  },
);

/** Severity and rule, the fact, the place, what to do. */
function oneFinding(finding: Finding, columns: number, paint: Paint): string[] {
  const { severity, rule, message, line, column, at, remedy, cause, paths = [] } = finding;
  const look = severity === "error" ? "bad" : "warn";
  const others = [...new Set(paths)].filter((path) => path !== finding.path);
  const [head = "", ...rest] = said(`${severity} ${rule}`, 0, columns, paint);
  const painted = head.startsWith(`${severity} `)
    ? `${paint(look, severity)} ${paint("heading", head.slice(severity.length + 1))}`
    : head;
  return [
    painted,
    ...rest,
    ...said(message, 2, columns, paint),
    ...(cause && cause !== message ? labelled("because", cause, 2, columns, paint) : []),
    ...labelled("at", `${line}:${column}${at === "" ? "" : `  ${at}`}`, 2, columns, paint),
    ...others.flatMap((path) => labelled("and", path, 2, columns, paint)),
    ...(remedy ? labelled("try", remedy, 2, columns, paint) : []),
    "",
  ];
}
