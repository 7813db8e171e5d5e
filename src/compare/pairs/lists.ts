import { likeness } from "./sketch.ts";
import type { Subject } from "./subject.ts";

/** Lists change in which models they have. Another host's that has none of them is another list. */
export function listCost(old: Subject, now: Subject): number {
  const like = old.list && now.list ? likeness(old.list.models, now.list.models) : 0;
  if (old.host !== now.host && like < 0.1) return Number.POSITIVE_INFINITY;
  return 0.9 * (1 - like) + (old.host === now.host ? 0 : 0.1);
}
