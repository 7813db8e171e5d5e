import type { Key } from "ink";

const NAMED = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageDown", "pagedown"],
  ["pageUp", "pageup"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
 * What was pressed, as the table of keys names it: `j`, `G`, `ctrl-d`, `shift-tab`, `space`. Characters that came together,
 * as those of a key held down, are a name each; a name of one character is text.
 */
export function keyNames(input: string, key: Key): string[] {
  if (key.tab) return [key.shift ? "shift-tab" : "tab"];
  for (const [flag, name] of NAMED) if (key[flag]) return [name];
  if (key.ctrl) return input === "" ? [] : [`ctrl-${input}`];
  if (key.meta) return [];
  return [...input].map((one) => (one === " " ? "space" : one === "\r" || one === "\n" ? "enter" : one));
}
