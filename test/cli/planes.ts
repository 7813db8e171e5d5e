import xterm from "@xterm/headless";

export type Screen = InstanceType<typeof xterm.Terminal>;

/** What a screen shows: a text for each row, and which cells of it have which look. */
export interface Planes {
  readonly text: readonly string[];
  /** `row: from-to look look, …` from 0, for rows with looks; `to` is the last cell. */
  readonly looks: readonly string[];
}

/** A screen without a window. */
export function newScreen({ columns, rows }: { columns: number; rows: number }): Screen {
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 20_000, allowProposedApi: true });
  screen.unicode.register(EAST_ASIAN);
  screen.unicode.activeVersion = EAST_ASIAN.version;
  return screen;
}

/** What these lines make of an empty screen, each from the start of its row. */
export async function drawn(lines: readonly string[], size: { columns: number; rows: number }): Promise<Planes> {
  const screen = newScreen(size);
  const text = lines.map((line, at) => `\u001b[${at + 1}H\u001b[m${line}`).join("");
  await new Promise<void>((done) => screen.write(`\u001b[?7l${text}`, done));
  const planes = planesOf(screen);
  screen.dispose();
  return planes;
}

export function planesOf(screen: Screen): Planes {
  const { active } = screen.buffer;
  const text: string[] = [];
  const looks: string[] = [];
  for (let y = 0; y < screen.rows; y++) {
    const line = active.getLine(active.baseY + y);
    text.push(line?.translateToString(true, 0, screen.cols) ?? "");
    const cells = Array.from({ length: screen.cols }, (_, x) => lookOf(line?.getCell(x)));
    const told = runs(cells);
    if (told !== "") looks.push(`${y}: ${told}`);
  }
  return { text, looks };
}

type Cell = ReturnType<NonNullable<ReturnType<Screen["buffer"]["active"]["getLine"]>>["getCell"]>;

function lookOf(cell: Cell): string {
  if (!cell || cell.isAttributeDefault()) return "";
  const names = [
    cell.isBold() && "bold",
    cell.isDim() && "dim",
    cell.isItalic() && "italic",
    cell.isUnderline() && "underline",
    cell.isInverse() && "inverse",
    !cell.isFgDefault() && `colour${cell.getFgColor()}`,
    !cell.isBgDefault() && `ground${cell.getBgColor()}`,
  ];
  return names.filter(Boolean).join(" ");
}

/** Equal neighbours together. */
function runs(cells: readonly string[]): string {
  const parts: string[] = [];
  for (let from = 0; from < cells.length; ) {
    let to = from;
    while (cells[to + 1] === cells[from]) to++;
    if (cells[from] !== "") parts.push(`${from}-${to} ${cells[from]}`);
    from = to + 1;
  }
  return parts.join(", ");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const ZERO = /[\p{Mn}\p{Me}\u200b-\u200f\u2060-\u2064]/u;

/** Widths as terminals of today have them (UAX #11, emoji wide); xterm.js's own are those of Unicode 6. */
const EAST_ASIAN = {
  version: "east-asian",
  wcwidth(code: number): 0 | 1 | 2 {
    const character = String.fromCodePoint(code);
    if (code < 32 || (code >= 127 && code < 160) || ZERO.test(character)) return 0;
    return WIDE.test(character) ? 2 : 1;
  },
  /** As xterm.js's own versions do: what has no width joins the character before it. */
  charProperties(code: number, preceding: number): number {
    const before = (preceding >> 1) & 3;
    const own = this.wcwidth(code);
    const joins = own === 0 && preceding !== 0 && before !== 0;
    return ((joins ? Math.max(own, before) : own) << 1) | (joins ? 1 : 0);
  },
};
