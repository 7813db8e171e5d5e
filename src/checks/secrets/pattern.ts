/** What a secret is, for reports and for switching a sort of finding off. */
export type Group = "key" | "token" | "private-key" | "jwt" | "project-id" | "host" | "email" | "home";

/** One sort of secret: how it is found, and what only looks like it. */
export interface Pattern {
  id: string;
  title: string;
  group: Group;
  /** One of these stands in every text that holds the secret: the RegExp runs nowhere else. */
  literals: readonly string[];
  /** Global. Its first group, which must end it, is the secret; without one all of it is. */
  regexp: RegExp;
  /** JSON keys, in lower case, under which a value needs no other sign. */
  keys?: RegExp;
  /** The whole value that is a secret under one of {@link keys}; its first group as above. */
  value?: RegExp;
  /** Tells that what fits is no secret after all. */
  harmless?(secret: string): boolean;
  /** It knows a secret by what stands beside it: a pattern that knows the secret itself goes first. */
  weak?: true;
}

/** What a token may not stand in the middle of: a run of base64, whose characters chance upon every short prefix. */
const INSIDE = "[A-Za-z0-9_+/-]";

/** An escape that was written out (`\n` in JSON within JSON, `%3D`) is no part of the run behind it, nor is `://`. */
const BEHIND = "\\\\[nrt]|%[0-9A-Fa-f]{2}|:\\/\\/";

/**
 * A token that stands alone: one of `heads`, and the rest. Each run of characters has one start and one end, so that none
 * is read twice; the head is tried first, because V8 finds literal characters many times faster than places between them.
 */
export function alone(heads: readonly string[], rest: string): RegExp {
  const head = `(?:${heads.map((literal) => literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|")})`;
  const standing = `(?<=(?:(?<!${INSIDE})|(?<=${BEHIND}))${head})(?:${rest})(?![A-Za-z0-9_+/=-])`;
  // No run of base64 chances upon a long head, so that it may follow a sign of base64; a short one only in an address.
  const before = heads.every(({ length }) => length >= LONG_HEAD) ? `${IN_ADDRESS}|[/_-]` : IN_ADDRESS;
  return new RegExp(`${head}(?:${standing}|(?<=(?:${before})${head})(?:${rest})(?![A-Za-z0-9_+=-]))`, "g");
}

const LONG_HEAD = 6;

/** The path of an address, or one that begins with a slash. */
const IN_ADDRESS = "(?:^|[\\s\"'(=])\\/|:\\/\\/[^\\s\"'<>]{0,200}\\/";
