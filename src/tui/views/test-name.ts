import { forTerminalLine } from "../../text/escape.ts";
import { forLine } from "../../text/line.ts";
import { clip, clipStart } from "../../text/width.ts";

const PLAIN = /^[ -~″]*$/;

/** Parameters get as much of the columns, at most, where they are all that tells two tests apart; elsewhere the name comes first. */
const SHARE = 0.4;
const LEAST = 3;
/** Of a longer name, which no person gave, parameters are not looked for. */
const LONG = 10_000;

interface Named {
  /** Class and function. */
  name: string;
  /** With the brackets; "" for none. */
  parameters: string;
}

function named(label: string): Named {
  const cut = label.indexOf("[");
  return cut < 0 ? { name: label, parameters: "" } : { name: label.slice(0, cut), parameters: label.slice(cut) };
}

/** Whether two tests are of one function. */
export function isTwin(label: string, other: string): boolean {
  const { name, parameters } = named(label);
  const twin = named(other);
  return parameters !== "" && twin.parameters !== "" && name === twin.name;
}

/**
 * The name of a test in at most `columns`, so that it can be told from its neighbours: of tests of one function it is the
 * parameters where they differ, of others the function. Of a function its end is kept: all begin alike. One that is seen right
 * below a test of its function does not name that again.
 */
export function testName(label: string, neighbours: readonly string[], isBelowTwin: boolean, columns: number): string {
  if (label.length > LONG) return clipStart(forLine(label, columns), columns);
  const text = isBelowTwin ? `  ″ ${forTerminalLine(named(label).parameters)}` : forTerminalLine(label);
  if (text.length <= columns && PLAIN.test(text)) return text;
  const { name, parameters } = named(text);
  if (parameters === "" || !PLAIN.test(text) || columns < 12) return clipStart(text, columns);
  const twins = neighbours
    .filter((one) => one.length <= LONG && isTwin(label, one))
    .map((twin) => named(forTerminalLine(twin)).parameters);
  const from = differing(parameters, twins);
  const wanted = from === null ? LEAST : Math.min(Math.ceil(columns * SHARE), parameters.length - from + 2);
  const forName = Math.min(name.length, columns - Math.min(parameters.length, wanted));
  return clipStart(name, forName) + telling(parameters, from, columns - forName);
}

/** Where parameters begin to differ from those of twins: at the start of a word; null where there are none. */
function differing(parameters: string, twins: readonly string[]): number | null {
  if (twins.length === 0) return null;
  const at = Math.max(...twins.map((twin) => alike(parameters, twin)));
  return parameters.slice(0, at).search(/[^-/=:,[]*$/);
}

/** Parameters in `columns`: their end, or, where that is the same for twins, what begins to differ. */
function telling(parameters: string, from: number | null, columns: number): string {
  if (parameters.length <= columns) return parameters;
  if (columns <= LEAST) return "[…]".slice(0, columns);
  const end = parameters.length - columns + 2;
  if (from === null || from >= end) return `[…${parameters.slice(end)}`;
  return clip(from <= 1 ? parameters : `[…${parameters.slice(from)}`, columns);
}

/** How many characters two texts begin alike with. */
function alike(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
