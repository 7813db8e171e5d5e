import type { Io } from "../../io.ts";

/** How many lines may wait for a slow reader: whoever knocks without end must not fill the memory. */
const WAITING = 2_000;

/** Tells lines on stderr and waits for none; what nobody reads in time is counted. */
export function logOn({ stderr }: Pick<Io, "stderr">, most = WAITING): (text: string) => void {
  let waiting = 0;
  let left = 0;
  const tell = (text: string): void => {
    if (waiting >= most) {
      left++;
      return;
    }
    waiting++;
    const over = (): void => {
      waiting--;
      if (waiting > 0 || left === 0) return;
      const more = left;
      left = 0;
      tell(`recctl serve: and ${more} more that nobody read in time`);
    };
    stderr.write(`${text}\n`).then(over, over);
  };
  return tell;
}
