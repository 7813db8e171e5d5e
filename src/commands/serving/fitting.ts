import { UsageError } from "../../errors.ts";
import { MODES } from "../../server/serve/modes.ts";
import { folderFor } from "../../server/serve/place.ts";
import type { ServeOptions } from "./options.ts";

/** Options that only some modes heed, with what they need of the mode. */
const HEEDED = [
  ["keepPartial", "--keep-partial", "write", "nothing is recorded"],
  ["keepFailures", "--keep-failures", "write", "nothing is recorded"],
  ["ttft", "--ttft", "look", "no recording is replayed"],
  ["tps", "--tps", "look", "no recording is replayed"],
  ["jitter", "--jitter", "look", "no recording is replayed"],
  ["seed", "--seed", "look", "no recording is replayed"],
] as const;

/** @throws UsageError where an option does nothing in the mode, or the test id leads out of the store */
export function checkFitting(options: ServeOptions): void {
  const { mode, testId, fallback = "" } = options;
  const given = options as unknown as Readonly<Record<string, unknown>>;
  for (const [key, flag, needs, why] of HEEDED) {
    if (given[key] === undefined || given[key] === false || MODES[mode][needs]) continue;
    const modes = Object.keys(MODES).filter((one) => MODES[one as keyof typeof MODES][needs]);
    throw new UsageError(`${flag} does nothing with --mode ${mode}: ${why}`, {
      remedy: modes.map((one) => `--mode ${one}`).join(", or "),
    });
  }
  if (testId === undefined) return;
  // Recordings of other folders may be replayed; whatever leads out of the store is no test of it.
  const isOut = testId.split("::", 1)[0]?.split(/[/\\]/).includes("..");
  const place = MODES[mode].write || isOut ? folderFor(testId, fallback) : null;
  if (place && "refused" in place) throw new UsageError(`--test-id ${testId}: ${place.refused}`);
  if (isOut) throw new UsageError(`--test-id ${testId}: it leads out of the store`);
}
