import type { Severity } from "../../checks/rule.ts";
import { secret } from "../../checks/secret.ts";
import { secretsOfRecording } from "../../checks/secrets/document.ts";
import { masked } from "../../checks/secrets/mask.ts";
import { PATTERNS } from "../../checks/secrets/patterns.ts";
import type { Settings } from "../../config/settings.ts";
import { dialectFor } from "../../dialects/index.ts";
import { unitsOf } from "../../dialects/units.ts";
import { pathText } from "../../recording/json/locate.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { recordingFrom } from "../../recording/recording.ts";
import { forShell } from "../../text/escape.ts";

type Rules = Pick<Settings, "allow" | "rules">;

/** A secret as validate would tell it. */
interface Met {
  readonly severity: Severity;
  readonly rule: string;
  /** Its place and what it is; nothing of the secret itself. */
  readonly told: string;
  /** It stands in several pieces of a stream, where nothing can be redacted. */
  readonly joined: boolean;
}

function metIn(root: JsonObject, { allow, rules }: Rules): Met[] {
  // A new recording maps no ids, so its text is not needed.
  const recording = recordingFrom(root, "");
  const units = unitsOf(recording, dialectFor(recording.head));
  return secretsOfRecording({ root, units }, allow).map(
    ({ path, text, secret: { pattern, group }, joined = false }) => {
      const rule = `secret/${group}`;
      const title = PATTERNS.find(({ id }) => id === pattern)?.title ?? pattern;
      const severity = rules[rule] ?? rules.secret ?? (secret.variants[group] as Severity);
      return { severity, rule, told: `${pathText(path)}: ${title} ${masked(text)}`, joined };
    },
  );
}

/** What validate would call an error: where it stands and what it is, a line for each, nothing of the secret itself. */
export const secretsIn = (root: JsonObject, settings: Rules): string[] =>
  metIn(root, settings).flatMap(({ severity, told }) => (severity === "error" ? [told] : []));

/** What validate would tell of a document that was written at `path`, and what takes it out: a line; null where it is nothing. */
export function holdsIn(root: JsonObject, path: string, settings: Rules & { readonly recctl: string }): string | null {
  const met = metIn(root, settings).filter(({ severity }) => severity !== "off");
  const first = met.find(({ joined }) => !joined) ?? met[0];
  if (!first) return null;
  const more = met.length > 1 ? ` (and ${met.length - 1} more)` : "";
  const mend = first.joined ? "" : `; ${settings.recctl} redact ${first.rule} ${forShell(path)}`;
  return `it holds ${first.rule}: ${first.told}${more}${mend}`;
}
