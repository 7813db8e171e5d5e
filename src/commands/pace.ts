import { type Command, InvalidArgumentError, Option } from "commander";

const number =
  (least: number, most: number, what: string, whole = false) =>
  (value: string): number => {
    const read = Number(value);
    const fits = value.trim() !== "" && read >= least && read <= most && (!whole || Number.isInteger(read));
    if (!fits) throw new InvalidArgumentError(what);
    return read;
  };

/** An hour: no model takes longer, and timers end at 24 days. */
const LONGEST = 3_600_000;

/** How fast streams are sent. */
export function paceOptions(command: Command): void {
  const pace = (flags: string, what: string, parse: (value: string) => number): void => {
    command.addOption(new Option(flags, what).argParser(parse).helpGroup("Pace (without these: at once):"));
  };
  pace("--ttft <ms>", "time to the first chunk with content", number(0, LONGEST, "Milliseconds, up to an hour."));
  pace("--tps <n>", "chunks with content a second", number(0.001, 1e6, "More than 0, up to a million."));
  pace("--jitter <part>", "each pause strays by up to this part of it", number(0, 1, "A number from 0 to 1."));
  pace("--seed <n>", "chooses what jitter gives", number(0, 2 ** 32 - 1, "A whole number from 0.", true));
}
