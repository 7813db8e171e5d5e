/** The rules whose findings can be mended without a loss, and without changing what is asked. */
export const FIXABLE = ["text-form", "normalised", "list-digest"] as const;
export type Fixable = (typeof FIXABLE)[number];
