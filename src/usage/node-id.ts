/** What is longer is no line of pytest's: forms are not searched in it. */
export const LONGEST = 20_000;

/**
 * Whether a text can be the node id of a test: a file that has an extension, `::`, and, where there are
 * parameters, all of them. pytest ends an id that has a bracket with one (xdist puts `@group` behind it), so an id that does not was cut.
 */
export function isNodeId(text: string): boolean {
  const cut = text.indexOf("::");
  if (cut < 1 || cut + 2 === text.length || text.length > LONGEST) return false;
  if (text.indexOf("[", cut) >= 0 && !/\](?:@[\w.-]+)?$/.test(text)) return false;
  return !/^\s|\s$|\n/.test(text) && /[^/\\]\.\w{1,16}$/.test(text.slice(Math.max(0, cut - 18), cut));
}

/** The test file of a node id. */
export const fileOf = (id: string): string => id.slice(0, id.indexOf("::"));
