/** The schema as code: made by scripts/schema.js where recctl is built, and where its tests run. */
declare module "virtual:recording-schema" {
  /** Where a document is against the schema: a JSON pointer, the keyword that it fails, and what that one says. */
  export type Fault = readonly [pointer: string, keyword: string, param: unknown];

  /** What of a value the schema looks at; of one without members its type alone. */
  export interface Guide {
    keys?: Readonly<Record<string, Guide>>;
    /** All other keys of an object. */
    rest?: Guide;
    /** The elements of an array. */
    items?: Guide;
    /** Values of one type are told apart. */
    exact?: true;
  }

  export const validate: { (document: unknown): boolean; errors: readonly Fault[] | null };
  export const guide: Guide;
}
