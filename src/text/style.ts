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
  here: "cyan",
} as const;
export type Look = keyof typeof LOOKS;

/** Gives text a look, or leaves it as it is where there are no colours. */
export type Paint = (look: Look, text: string) => string;

export const plain: Paint = (_, text) => text;
export const coloured: Paint = (look, text) => {
  if (text === "") return "";
  // Within a look there may be others, and that Node knows how to do.
  if (text.includes("\u001b")) return styled(look, text);
  const [open, close] = around(look);
  return open + text + close;
};

const styled = (look: Look, text: string): string => styleText(LOOKS[look], text, { validateStream: false });

/** What stands before and behind a text of a look: asked for once, as a screen has hundreds of them. */
function around(look: Look): readonly [string, string] {
  let known = AROUND.get(look);
  if (!known) {
    const [open = "", close = ""] = styled(look, "x").split("x");
    known = [open, close];
    AROUND.set(look, known);
  }
  return known;
}

const AROUND = new Map<Look, readonly [string, string]>();

/** What was found stands out in reverse video, which is no colour: there are no looks without colours but this one. */
export const withFound = (text: string): string => `\u001b[7m${text}\u001b[27m`;

/** The parts of a line by turns: what is not shown as found, what is, and so on. */
export const foundParts = (line: string): string[] => line.split(/\u001b\[7m(.*?)\u001b\[27m/);

/** What changes looks on a terminal, as the source of a pattern. */
export const LOOK_CHANGE = "\\u001b\\[[\\d;]*m";
const CHANGES = new RegExp(LOOK_CHANGE, "g");

/** The text alone. */
export const withoutLooks = (text: string): string => text.replace(CHANGES, "");
