/** Rows as lines, columns aligned under their titles; a column whose title begins with ">" stands on the right. */
export function table(titles, rows) {
  const right = titles.map((title) => title.startsWith(">"));
  const all = [titles.map((title) => title.replace(/^>/, "")), ...rows.map((row) => row.map(String))];
  const widths = titles.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const cell = (text, at) => (right[at] ? text.padStart(widths[at]) : text.padEnd(widths[at]));
  return all.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

/** Milliseconds: the median, and the least in brackets. */
export const msText = ({ median, min }) => `${digits(median)} (${digits(min)})`;

/** How many times as long as its floor: by medians, and by the least in brackets. */
export const ratioText = (floor, own) =>
  `${(own.median / floor.median).toFixed(2)} (${(own.min / floor.min).toFixed(2)})`;

const digits = (ms) => (ms < 1000 ? ms.toFixed(1) : ms.toFixed(0));

/** What is said of a figure and its bar. */
export const verdict = (figure, bar) => (bar === null ? "" : figure <= bar ? "ok" : "OVER");

/** The columns of a table of ratios. */
export const RATIO_TITLES = ["what", "floor", ">floor ms (min)", ">recctl ms (min)", ">ratio (of min)", ">bar", ""];

/** A row of one. */
export const ratioRow = (what, floorName, floor, own, bar = null) => [
  what,
  floorName,
  msText(floor),
  msText(own),
  ratioText(floor, own),
  bar === null ? "" : bar.toFixed(1),
  verdict(own.median / floor.median, bar),
];
