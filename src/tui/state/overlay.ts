/** What covers the panes. `top` is the first line shown of it. */
export type Overlay =
  | { readonly shows: "help"; readonly top: number }
  | {
      readonly shows: "compare";
      readonly top: number;
      readonly old: string;
      readonly now: string;
      readonly lines: readonly string[] | null;
    }
  | {
      readonly shows: "plan";
      readonly top: number;
      readonly plan: RemovalPlan | null;
      /** Whether it was tried, and is shown because it could not be done. */
      readonly isRefused?: boolean;
    };

/** What would be removed: made from the disk, and shown before anything is done. */
export interface RemovalPlan {
  readonly items: readonly {
    readonly path: string;
    readonly testId: string | null;
    readonly bytes: number;
    readonly digest: string;
  }[];
  /** What people should know before they say yes, a line each. */
  readonly notes: readonly string[];
  /** Why it cannot be done, a line each; empty where it can. */
  readonly refusals: readonly string[];
}
