import { numberText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { MARKS, type Mark, type Marks } from "../state/marks.ts";
import type { Cell } from "./line.ts";

/** The marks of a row: each kind that is anywhere on the list has its own place, so that they stand below each other. */
export function marksCell(present: readonly Mark[], marks: Marks, paint: Paint): Cell {
  const draw = (): string =>
    present.map((mark) => (marks[mark] > 0 ? paint(MARKS[mark].look, MARKS[mark].sign) : " ")).join("");
  return { text: "", width: present.length, draw };
}

/** How many there are of each mark: `!12 ✗3`. */
export const marksText = (present: readonly Mark[], marks: Marks): string =>
  present.flatMap((mark) => (marks[mark] > 0 ? [`${MARKS[mark].sign}${numberText(marks[mark])}`] : [])).join(" ");
