/**
 * The same text, in memory of its own: what is cut out of a file's text keeps all of it. Halves of characters stay as they
 * are, which UTF-8 would not keep.
 */
export const ownText = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");
