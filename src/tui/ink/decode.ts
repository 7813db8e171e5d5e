/** What a terminal sends, understood. Cells are counted from 0. */
export type Heard =
  | { is: "key"; name: string }
  | { is: "paste"; text: string }
  /** In lines; down is more. */
  | { is: "wheel"; by: number; column: number; row: number }
  | { is: "click"; column: number; row: number };

export interface Decoded {
  heard: Heard[];
  /** The beginning of a sequence, of which the rest has not come. */
  rest: string;
}

const ESCAPE = "\u001b";
const PASTE = { begins: "\u001b[200~", ends: "\u001b[201~" };

/** How sequences are named in the table of keys; any other does nothing. */
const NAMES: Readonly<Record<string, string>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  OH: "home",
  OF: "end",
  OM: "enter",
  "[Z": "shift-tab",
  "[1~": "home",
  "[3~": "delete",
  "[4~": "end",
  "[5~": "pageup",
  "[6~": "pagedown",
  "[7~": "home",
  "[8~": "end",
};

const CONTROLS: Readonly<Record<string, string>> = {
  "\t": "tab",
  "\n": "enter",
  "\r": "enter",
  " ": "space",
  "\b": "backspace",
  "\u007f": "backspace",
};

/** Reads what came, behind what was left of what came before. Every character counts, also where many came at once. */
export function decode(text: string): Decoded {
  const heard: Heard[] = [];
  for (let at = 0; at < text.length; ) {
    if (text.startsWith(PASTE.begins, at)) {
      const begin = at + PASTE.begins.length;
      const end = text.indexOf(PASTE.ends, begin);
      if (end < 0) return { heard, rest: text.slice(at) };
      heard.push({ is: "paste", text: text.slice(begin, end) });
      at = end + PASTE.ends.length;
      continue;
    }
    const one = text[at] === ESCAPE ? sequenceAt(text, at) : String.fromCodePoint(text.codePointAt(at) as number);
    if (one === null) return { heard, rest: text.slice(at) };
    heard.push(...meaning(one));
    at += one.length;
  }
  return { heard, rest: "" };
}

/** What a beginning was after all, when nothing came behind it. */
export function decodeLate(rest: string): Heard[] {
  if (rest.startsWith(PASTE.begins)) return [{ is: "paste", text: rest.slice(PASTE.begins.length) }];
  return /^\u001b+$/.test(rest) ? [...rest].map(() => ({ is: "key", name: "esc" })) : [];
}

/** Whether `rest` is of a text that is pasted: it may take its time. */
export const isPasting = (rest: string): boolean => rest.startsWith(PASTE.begins);

/** The sequence that begins with the escape at `at`; null where its end is not there yet. */
function sequenceAt(text: string, at: number): string | null {
  const kind = text[at + 1];
  if (kind === undefined) return null;
  if (kind === "[" || kind === "O") return controlAt(text, at);
  if (kind === ESCAPE) {
    const behind = text[at + 2];
    if (behind === undefined) return null;
    if (behind !== "[" && behind !== "O") return ESCAPE;
    // An arrow with Alt, as some terminals send it.
    const inner = controlAt(text, at + 1);
    return inner === null ? null : ESCAPE + inner;
  }
  // Answers of the terminal, up to their end.
  if ("]PX^_".includes(kind)) return /^[\s\S]*?(?:\u0007|\u001b\\)/.exec(text.slice(at))?.[0] ?? null;
  return ESCAPE + String.fromCodePoint(text.codePointAt(at + 1) as number);
}

function controlAt(text: string, at: number): string | null {
  const third = text[at + 2];
  // The mouse as terminals told it of old: three bytes. The keys F1 to F5 of the console: one letter.
  const fixed = text[at + 1] === "[" ? { M: 6, "[": 4 }[third ?? ""] : undefined;
  if (fixed !== undefined) return text.length < at + fixed ? null : text.slice(at, at + fixed);
  let end = at + 2;
  while (/[ -?]/.test(text[end] ?? "")) end++;
  if (end === text.length) return null;
  // What cannot end a sequence is no part of it.
  return text.slice(at, /[@-~]/.test(text[end] as string) ? end + 1 : end);
}

function meaning(one: string): Heard[] {
  if (one === ESCAPE) return [{ is: "key", name: "esc" }];
  if (one.startsWith(ESCAPE)) {
    const name = NAMES[one.slice(1)];
    return name === undefined ? pointed(one) : [{ is: "key", name }];
  }
  const name = CONTROLS[one] ?? (/\p{Cc}/u.test(one) ? controlName(one) : one);
  return name === null ? [] : [{ is: "key", name }];
}

/** Ctrl with a letter; null for the others. */
function controlName(one: string): string | null {
  const code = one.charCodeAt(0);
  return code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(code + 96)}` : null;
}

/** How many lines a step of the wheel moves. */
const STEP = 3;
/** Bits that tell which modifiers are held. */
const HELD = 4 | 8 | 16;
const BUTTONS = { left: 0, up: 64, down: 65 };

/** What the mouse does: `CSI < button ; column ; row`, and M where it is pressed. */
function pointed(one: string): Heard[] {
  const found = /^\u001b\[<(\d+);(\d+);(\d+)M$/.exec(one);
  if (!found) return [];
  const button = Number(found[1]) & ~HELD;
  const cell = { column: Number(found[2]) - 1, row: Number(found[3]) - 1 };
  if (button === BUTTONS.left) return [{ is: "click", ...cell }];
  if (button === BUTTONS.up) return [{ is: "wheel", by: -STEP, ...cell }];
  return button === BUTTONS.down ? [{ is: "wheel", by: STEP, ...cell }] : [];
}
