import type { Finding } from "../checks/rule.ts";

/** Findings of one rule, or of one of its variants. */
export interface FindingGroup {
  rule: string;
  severity: Finding["severity"];
  findings: readonly Finding[];
  /** Where findings tell their cause: each with its count, the most frequent first. */
  causes: readonly { cause: string; count: number }[];
}

/** Findings by rule: errors first, then the most frequent; within a rule by path and line. */
export function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const known = byRule.get(key);
    if (known) known.push(finding);
    else byRule.set(key, [finding]);
  }
  return [...byRule.values()]
    .map((group) => {
      const { rule, severity } = group[0] as Finding;
      return { rule, severity, findings: [...group].sort(byPlace), causes: causesOf(group) };
    })
    .sort((a, b) => weight(a) - weight(b) || b.findings.length - a.findings.length || (a.rule < b.rule ? -1 : 1));
}

const weight = ({ severity }: FindingGroup): number => (severity === "error" ? 0 : 1);

const byPlace = (a: Finding, b: Finding): number =>
  a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1;

function causesOf(findings: readonly Finding[]): { cause: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { cause } of findings) if (cause) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count);
}

/** How many findings have which cause; those that tell none are one kind more. */
export function causeTexts({ causes, findings }: FindingGroup): string[] {
  const others = findings.length - causes.reduce((sum, { count }) => sum + count, 0);
  const all = others > 0 && causes.length > 0 ? [...causes, { cause: "something else", count: others }] : causes;
  return all.length < 2 ? [] : all.map(({ cause, count }) => `  ${String(count).padStart(6)}  ${cause}`);
}
