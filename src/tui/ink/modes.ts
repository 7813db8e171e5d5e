/** Lines that are wider than the terminal believes end at its edge, instead of moving all that is below them. */
const WRAP = "?7";
const MOUSE = ["?1000", "?1006"];

/** What the terminal is told beside what Ink tells it, and how it is taken back. */
export interface Modes {
  readonly on: string;
  readonly off: string;
}

export const modesOf = (hasMouse: boolean): Modes => {
  const mouse = hasMouse ? MOUSE : [];
  return {
    on: [`${WRAP}l`, ...mouse.map((mode) => `${mode}h`)].map(csi).join(""),
    off: [...mouse.toReversed().map((mode) => `${mode}l`), `${WRAP}h`].map(csi).join(""),
  };
};

/** The looks of text as they were, and nothing on the screen. */
export const BLANK = ["m", "H", "J", "?25l"].map(csi).join("");

/** What Ink does when it ends, for when it cannot: no pasting, the cursor, the screen that was there before. */
export const LEAVE = ["?2004l", "?25h", "?1049l"].map(csi).join("");

function csi(code: string): string {
  return `\u001b[${code}`;
}
