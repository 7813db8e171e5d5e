import { PATTERNS } from "./patterns.ts";
import { secretsIn } from "./scan.ts";

/** How much of a secret may be shown: the beginning that all of its sort share. */
const MOST_SHOWN = 8;

/** Beginnings that tell a sort of secret and nothing of the secret. */
const BEGINNINGS = [
  ...PATTERNS.filter(({ keys, weak, group }) => !keys && !weak && (group === "key" || group === "home")).flatMap(
    ({ literals }) => literals,
  ),
  ..."sk-proj- sk-svcacct- sk-admin- eyJ -----BEGIN ya29. GOCSPX- org- proj_ user- ft: sk_live_ rk_live_".split(" "),
].sort((a, b) => b.length - a.length);

/**
 * A secret as reports may show it: `sk-ant-…(51 characters)`, `j…@…`. At most eight of its characters, none of its end,
 * and nothing that would help to guess the rest.
 */
export function masked(value: string): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return `${[...value][0]}…@…`;
  const beginning = BEGINNINGS.find((start) => value.startsWith(start) && value.length > start.length + 2) ?? "";
  return `${beginning.slice(0, MOST_SHOWN)}…(${value.length} characters)`;
}

/** A text in which every secret is masked: what a report says of a recording may quote its keys and its test id. */
export function veiled(text: string): string {
  let out = "";
  let from = 0;
  for (const { start, end } of secretsIn(text)) {
    out += text.slice(from, start) + masked(text.slice(start, end));
    from = end;
  }
  return out + text.slice(from);
}
