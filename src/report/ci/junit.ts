import type { Finding } from "../../checks/rule.ts";
import type { FindingsDocument } from "../report.ts";

/** JUnit's XML as CI systems read it: a suite a rule, a failed case an error, a passed case with output a warning. */
export function* junit({ findings, by }: FindingsDocument): Generator<string> {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const failures = findings.filter(({ severity }) => severity === "error").length;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="recctl ${by.command}" tests="${Math.max(1, findings.length)}" failures="${failures}">\n`;
  for (const rule of rules)
    yield* suite(
      rule,
      findings.filter((finding) => finding.rule === rule),
    );
  // Some readers take a report without a test for a broken one.
  if (rules.length === 0) {
    yield `  <testsuite name="recctl" tests="1" failures="0">\n    <testcase classname="recctl" name="${by.none}"/>\n  </testsuite>\n`;
  }
  yield "</testsuites>\n";
}

function* suite(rule: string, findings: readonly Finding[]): Generator<string> {
  const failures = findings.filter(({ severity }) => severity === "error").length;
  yield `  <testsuite name="${escaped(rule)}" tests="${findings.length}" failures="${failures}">\n`;
  for (const { path, line, column, severity, message, remedy } of findings) {
    const text = escaped(`${path}:${line}:${column}\n${message}${remedy ? `\ntry: ${remedy}` : ""}`);
    yield `    <testcase classname="${escaped(rule)}" name="${escaped(path)}" file="${escaped(path)}" line="${line}">\n`;
    yield severity === "error"
      ? `      <failure type="${escaped(rule)}" message="${escaped(message)}">${text}</failure>\n`
      : `      <system-out>${text}</system-out>\n`;
    yield "    </testcase>\n";
  }
  yield "  </testsuite>\n";
}

/** What XML 1.0 forbids even when escaped: most control characters, lone surrogates, U+FFFE, U+FFFF. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu;

function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, (one) => `\\u${(one.codePointAt(0) as number).toString(16).padStart(4, "0")}`)
    .replace(/[&<>"\r\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
}
