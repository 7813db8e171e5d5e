import { type Group, inOrder, type Take } from "./group.ts";
import type { Subject } from "./subject.ts";

/** A file that lies on both sides: there is one of each. */
export function sameFile({ olds, nows }: Group, pair: Take): void {
  pair(olds[0] as Subject, nows[0] as Subject);
}

/** Equal requests: those with one name, then those with one answer, then as they come. */
export function inTurn({ olds, nows }: Group, pair: Take): void {
  let left = { olds: [...olds].sort(inOrder), nows: [...nows].sort(inOrder) };
  for (const own of [({ id }: Subject) => id, ({ answer }: Subject) => answer, () => ""]) {
    const free = new Map<string, Subject[]>();
    for (const old of left.olds) {
      const name = own(old);
      if (name !== null) free.set(name, [...(free.get(name) ?? []), old]);
    }
    const gone = new Set<Subject>();
    for (const now of left.nows) {
      const old = free.get(own(now) ?? "\n")?.shift();
      if (!old) continue;
      gone.add(old).add(now);
      pair(old, now);
    }
    left = { olds: left.olds.filter((one) => !gone.has(one)), nows: left.nows.filter((one) => !gone.has(one)) };
  }
}
