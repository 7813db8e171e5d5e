/** What a refusal is, in two words: a reason of the journal begins with it, and a console shows it. */
const BY_STATUS: Readonly<Record<number | "other", string>> = {
  other: "bad request",
  409: "ambiguous",
  500: "recctl failed",
  501: "unknown endpoint",
  502: "upstream failed",
  504: "upstream failed",
};

export const refusalOf = (status: number, why: string): string =>
  /^this would not be recorded\b/.test(why) ? "not recorded" : ((BY_STATUS[status] ?? BY_STATUS.other) as string);

/** The words that a reason begins with; null for one that begins otherwise. */
export const refusalIn = (reason: string): string | null =>
  /^(bad request|ambiguous|not recorded|upstream failed|unknown endpoint|recctl failed): /.exec(reason)?.[1] ?? null;
