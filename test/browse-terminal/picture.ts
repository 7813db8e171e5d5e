import type { Planes } from "../cli/planes.ts";

/** Pixels of a cell. */
const CELL = { width: 8, height: 17 };
const MARGIN = 10;

/** The palette as terminals have it, for dark and for light grounds: by names that looks have, and in the order of ANSI. */
const DARK = {
  ground: "#16181d",
  ink: "#d4d7dd",
  ansi: ["#5c6370", "#e8686f", "#8cc265", "#d9a45b", "#5aa6e8", "#c678dd", "#4fb8c4", "#d4d7dd"],
};
const LIGHT = {
  ground: "#fbfbfa",
  ink: "#24292f",
  ansi: ["#57606a", "#c2303a", "#2f7d32", "#93610a", "#1f6bb5", "#8a3ab0", "#14737f", "#24292f"],
};

/** A screen as a picture: every cell where the terminal has it, in the colours of the reader's own preference. */
export function svgOf({ text, looks }: Planes, { columns, rows }: { columns: number; rows: number }): string {
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  const runs = new Map(looks.map((line) => runsOf(line, columns)));
  const body = text.map((line, y) => rowOf(line, y, runs.get(y) ?? []));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:space="preserve">`,
    `<style>${styles(DARK)}@media (prefers-color-scheme: light){${styles(LIGHT)}}`,
    "text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}",
    ".bold{font-weight:600}.dim{opacity:.62}.underline{text-decoration:underline}.italic{font-style:italic}</style>",
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    ...body.flat(),
    "</svg>",
    "",
  ].join("\n");
}

const styles = ({ ground, ink, ansi }: typeof DARK): string =>
  `.ground{fill:${ground}}text{fill:${ink}}.block{fill:${ink}}.inverse{fill:${ground}}` +
  ansi.map((colour, at) => `.colour${at}{fill:${colour}}`).join("");

interface Run {
  from: number;
  to: number;
  look: string;
}

/** The runs of a row, as the plane of looks tells them: `row: from-to look look, …`. */
function runsOf(line: string, columns: number): [row: number, runs: Run[]] {
  const cut = line.indexOf(": ");
  const runs = line
    .slice(cut + 2)
    .split(", ")
    .map((one): Run => {
      const [, from, to, look] = /^(\d+)-(\d+) (.*)$/.exec(one) as unknown as [string, string, string, string];
      return { from: Number(from), to: Math.min(Number(to), columns - 1), look };
    });
  return [Number(line.slice(0, cut)), runs];
}

function rowOf(line: string, y: number, runs: readonly Run[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const run of [...runs, { from: line.length, to: line.length, look: "" }]) {
    if (run.from > at) parts.push(...piece(line, y, { from: at, to: run.from - 1, look: "" }));
    parts.push(...piece(line, y, run));
    at = run.to + 1;
  }
  return parts;
}

function piece(line: string, y: number, { from, to, look }: Run): string[] {
  const text = line.slice(from, to + 1);
  const x = MARGIN + from * CELL.width;
  const top = MARGIN + y * CELL.height;
  const isInverse = look.split(" ").includes("inverse");
  const wide = (to - from + 1) * CELL.width;
  const block = isInverse ? [`<rect class="block" x="${x}" y="${top}" width="${wide}" height="${CELL.height}"/>`] : [];
  const trimmed = text.trimEnd();
  if (trimmed === "") return block;
  const lead = trimmed.length - trimmed.trimStart().length;
  const length = (trimmed.length - lead) * CELL.width;
  const kind = look === "" ? "" : ` class="${look}"`;
  return [
    ...block,
    `<text${kind} x="${x + lead * CELL.width}" y="${top + 13}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(trimmed.slice(lead))}</text>`,
  ];
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
