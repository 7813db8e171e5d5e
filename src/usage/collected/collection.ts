import type { IsFile } from "../junit.ts";
import { fileOf } from "../node-id.ts";

/** The forms in which a collection is read. */
export type FormId = "quiet" | "tree" | "json-report" | "junit" | "list";

/** The tests that pytest would run, as one text tells them. */
export interface Collection {
  readonly form: FormId;
  readonly ids: ReadonlySet<string>;
  /** The test files that had any id. */
  readonly files: ReadonlySet<string>;
  /** Tests that are there and were not chosen (`-k`, `-m`), where the form names them. */
  readonly deselected: ReadonlySet<string>;
  /** How many were not chosen: most forms give no more than their number. */
  readonly deselectedCount: number;
  /** Whether the text itself shows that it is whole. A plain list cannot: one that was cut looks the same. */
  readonly vouched: boolean;
}

/** What a form finds in a text. */
export type Found = Pick<Collection, "ids"> & Partial<Collection>;

/** A form: how its texts are told from others, and read. `read` throws Refused. */
export interface Form {
  readonly id: FormId;
  readonly is: (text: string, lines: readonly string[]) => boolean;
  readonly read: (text: string, lines: readonly string[], isFile: IsFile) => Found | Promise<Found>;
}

/** A collection of what a form found. */
export const collection = (form: FormId, found: Found): Collection => ({
  files: new Set([...found.ids].map(fileOf)),
  deselected: new Set(),
  deselectedCount: 0,
  vouched: true,
  ...found,
  form,
});

/** Several collections as one: collected is what any of them collected, whatever others deselected. */
export function united(collections: readonly Collection[]): Omit<Collection, "form"> {
  const ids = new Set(collections.flatMap((one) => [...one.ids]));
  return {
    ids,
    files: new Set(collections.flatMap((one) => [...one.files])),
    deselected: new Set(collections.flatMap((one) => [...one.deselected]).filter((id) => !ids.has(id))),
    deselectedCount: collections.reduce((sum, one) => sum + one.deselectedCount, 0),
    vouched: collections.every(({ vouched }) => vouched),
  };
}
