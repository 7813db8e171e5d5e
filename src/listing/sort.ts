import type { Entry } from "./entry.ts";

type Order = (a: Entry, b: Entry) => number;

/** By code unit: the same everywhere, whatever the locale. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const by =
  (key: (entry: Entry) => string | null): Order =>
  // What has none comes last.
  (a, b) => {
    const left = key(a);
    const right = key(b);
    // Thousands of recordings share a test id: mostly the same string, which is quickly told.
    return left === right ? 0 : byText(left ?? "\uffff", right ?? "\uffff");
  };

const most =
  (key: (entry: Entry) => number): Order =>
  (a, b) =>
    key(b) - key(a);

/** The orders of `--sort`; what is equal in one is ordered by path. */
export const SORTS = {
  test: by((entry) => entry.head.testId),
  path: () => 0,
  id: by((entry) => entry.id),
  endpoint: by((entry) => entry.head.endpoint),
  model: by((entry) => entry.head.model),
  chunks: most((entry) => entry.head.chunks ?? -1),
  size: most((entry) => entry.bytes),
} as const satisfies Record<string, Order>;
export type Sort = keyof typeof SORTS;

/** The entries in an order; the given list stays as it is. */
export function sorted(entries: readonly Entry[], sort: Sort, reverse = false): Entry[] {
  const order: Order = SORTS[sort];
  const out = entries.toSorted((a, b) => order(a, b) || byText(a.path, b.path));
  return reverse ? out.reverse() : out;
}
