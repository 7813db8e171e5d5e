import { styleText } from "node:util";

/** What a piece of text is; how it looks is decided here alone. */
const LOOKS = {
  heading: "bold",
  faint: "dim",
  good: "green",
  bad: "red",
  warn: "yellow",
  id: "cyan",
  who: "magenta",
  cursor: "inverse",
  here: "bold",
} as const;
export type Look = keyof typeof LOOKS;

/** Gives text a look, or leaves it as it is where there are no colours. */
export type Paint = (look: Look, text: string) => string;

export const plain: Paint = (_, text) => text;
export const coloured: Paint = (look, text) =>
  text === "" ? "" : styleText(LOOKS[look], text, { validateStream: false });
