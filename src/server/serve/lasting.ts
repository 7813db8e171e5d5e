import { whyUnended } from "../../checks/stream/flow.ts";
import { dialectFor } from "../../dialects/index.ts";
import { unitsOf } from "../../dialects/units.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { recordingFrom } from "../../recording/recording.ts";
import type { Ended, UpstreamAnswer } from "../upstream/types.ts";
import { hasErrorEvent } from "./in-stream.ts";
import { isStream } from "./keeping.ts";
import { MODES } from "./modes.ts";
import type { ServeSettings } from "./types.ts";

/** Failures that are gone when the same is asked again, or with another key: too early, too often, not allowed. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 408, 409, 425, 429]);
const isPassing = (status: number): boolean => PASSING.has(status) || status >= 500;

const remedy = ({ wording }: Keeping): string => `is not recorded in this mode; ${wording.keepFailures} records it`;

type Keeping = Pick<ServeSettings, "mode" | "keepFailures" | "keepPartial" | "wording">;

/** Why an answer must not be made a recording, which would give it again and again; null where it may. */
export function whyNotLasting(status: number, ended: Ended, settings: Keeping): string | null {
  const { mode, keepFailures, keepPartial } = settings;
  if (ended.long !== undefined) return `an answer of ${longText(ended.long)} is not recorded`;
  // The API did nothing wrong there.
  if (ended.how === "broken" && ended.error.own) return `a limit of recctl is not recorded as a failure: ${ended.why}`;
  if (MODES[mode].failures || keepFailures) return null;
  if (isPassing(status)) return `a failure with status ${status} ${remedy(settings)}`;
  return ended.how === "broken" && !keepPartial ? `an answer that broke off ${remedy(settings)}: ${ended.why}` : null;
}

/** Why a stream must not be made a recording that has a good status, and an error among its events; null where it may. */
export function whyNotInStream(
  { headers }: Pick<UpstreamAnswer, "headers">,
  { text }: Ended,
  settings: Keeping,
): string | null {
  const { mode, keepFailures, keepPartial } = settings;
  if (MODES[mode].failures || keepFailures || keepPartial || !isStream(headers)) return null;
  return hasErrorEvent(text, headers["content-type"] ?? "") ? `a stream with an error in it ${remedy(settings)}` : null;
}

/**
 * What a stream lacks that came whole, and does not say that this is its end; null where it does. `[DONE]` is no such word: a proxy says
 * it, too, whose own upstream broke off, and no recording keeps it, so that `validate` could tell.
 */
export function unendedIn(root: JsonObject): string | null {
  const recording = recordingFrom(root, "");
  const dialect = dialectFor(recording.head);
  return whyUnended({ recording, dialect, units: unitsOf(recording, dialect) });
}

/** Why such a stream must not be made a recording; null where it may. */
export function whyNotUnended(unended: string, { mode, keepFailures, keepPartial, wording }: Keeping): string | null {
  if (MODES[mode].failures || keepFailures || keepPartial) return null;
  return `a stream that broke off is not recorded in this mode; ${wording.keepPartial} records it: ${unended}`;
}

const longText = (bytes: number): string => `${(bytes / 1e6).toFixed(1).replace(/\.0$/, "")} MB`;
