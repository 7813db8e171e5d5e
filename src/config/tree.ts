/** A value of a configuration and the offset at which it stands, in whichever format it was written. */
export type Tree = { readonly at: number } & (
  | { readonly is: "table"; readonly members: readonly Member[] }
  | { readonly is: "list"; readonly items: readonly Tree[] }
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "number"; readonly number: number }
  | { readonly is: "boolean" | "null" | "date" }
);

/** A key, where it stands, and its value. */
export interface Member {
  readonly key: string;
  readonly keyAt: number;
  readonly value: Tree;
}

/** Something is wrong in a configuration: at an offset, or where a reader said. */
export class Wrong extends Error {
  constructor(
    message: string,
    readonly at: number | { line: number; column: number },
  ) {
    super(message);
  }
}
