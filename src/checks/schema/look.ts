import { type Guide, guide } from "virtual:recording-schema";

/** A {@link Guide} whose keys are looked up without Object.prototype in between. */
export interface Look {
  keys: ReadonlyMap<string, Look>;
  rest: Look | undefined;
  items: Look | undefined;
  /** Whether any member of an object matters. */
  inside: boolean;
  /** Whether the schema tells values of one type apart. */
  exact: boolean;
}

function lookOf({ keys = {}, rest, items, exact }: Guide): Look {
  const looks = Object.entries(keys).map(([key, inner]) => [key, lookOf(inner)] as const);
  return {
    keys: new Map(looks),
    rest: rest && lookOf(rest),
    items: items && lookOf(items),
    inside: looks.length > 0 || rest !== undefined,
    exact: exact === true,
  };
}

/** What the schema looks at in a recording. */
export const ROOT = lookOf(guide);

/** The same of the body of its response. */
export const BODY = ROOT.keys.get("response")?.keys.get("body");
