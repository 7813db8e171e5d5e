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

/** What validate would call an error: where it stands and what it is, a line for each, nothing of the secret itself. */
export function secretsIn(root: JsonObject, { allow, rules }: Pick<Settings, "allow" | "rules">): string[] {
  // A new recording maps no ids, so its text is not needed.
  const recording = recordingFrom(root, "");
  const units = unitsOf(recording, dialectFor(recording.head));
  return secretsOfRecording({ root, units }, allow).flatMap(({ path, text, secret: { pattern, group } }) => {
    const severity = rules[`secret/${group}`] ?? rules.secret ?? secret.variants[group];
    if (severity !== "error") return [];
    const title = PATTERNS.find(({ id }) => id === pattern)?.title ?? pattern;
    return [`${pathText(path)}: ${title} ${masked(text)}`];
  });
}
