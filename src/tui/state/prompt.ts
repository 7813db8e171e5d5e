import { countText } from "../../text/bytes.ts";
import { segmentsOf } from "../../text/width.ts";
import type { Prompt, State } from "./state.ts";

/** A line to be typed, with the cursor behind `text`. */
export const prompting = (state: State, asks: Prompt["asks"], text = "", rest: Partial<Prompt> = {}): State => ({
  ...state,
  prompt: { asks, text, at: text.length, error: null, path: null, ...rest },
});

/** So many lines of each kind are kept. */
const KEPT = 50;

/** Keeps a line that was searched or filtered for, the last one last, each once. */
export function withTyped(state: State, { asks, text }: Prompt): State {
  if (asks === "export" || text.trim() === "") return state;
  const lines = [...state.typed[asks].filter((line) => line !== text), text].slice(-KEPT);
  return { ...state, typed: { ...state.typed, [asks]: lines } };
}

/** Puts the line that was typed before (1) or behind (-1) in the place of the one that is shown; at last, the one begun with. */
export function recalled(state: State, by: 1 | -1): State {
  const { prompt, typed: kept } = state;
  if (prompt === null || prompt.asks === "export") return state;
  // What is begun with may have been typed on.
  const { back, begun } = prompt.recalls?.back ? prompt.recalls : { back: 0, begun: prompt.text };
  const lines = [begun, ...kept[prompt.asks].filter((line) => line !== begun).toReversed()];
  const text = lines[back + by];
  if (text === undefined) return state;
  return { ...state, prompt: { ...prompt, text, at: text.length, error: null, recalls: { back: back + by, begun } } };
}

/** Every key that edits the line. */
export const EDITS = {
  erase: (prompt: Prompt) => cut(prompt, before(prompt), prompt.at),
  eraseWord: (prompt: Prompt) => cut(prompt, wordBefore(prompt), prompt.at),
  eraseAll: (prompt: Prompt) => cut(prompt, 0, prompt.at),
  delete: (prompt: Prompt) => cut(prompt, prompt.at, behind(prompt)),
  toStart: (prompt: Prompt) => ({ ...prompt, at: 0 }),
  toEnd: (prompt: Prompt) => ({ ...prompt, at: prompt.text.length }),
  left: (prompt: Prompt) => ({ ...prompt, at: before(prompt) }),
  right: (prompt: Prompt) => ({ ...prompt, at: behind(prompt) }),
} as const;

/** The same with what `edit` makes of its line; as it is where nothing is typed. */
export function edited(state: State, edit: (prompt: Prompt) => Prompt): State {
  const { prompt } = state;
  return prompt ? { ...state, prompt: edit(prompt) } : state;
}

/** Characters of a line: more nobody reads again, and what was pasted by mistake is longer. */
export const MOST = 2_000;
const TOO_LONG = `no line is longer than ${countText(MOST, "character")}: the rest is left out`;

/**
 * Text typed or pasted at the cursor; a line of its own becomes a space, what no line holds is left out, and so is what is
 * beyond {@link MOST}.
 */
export function typed(prompt: Prompt, input: string): Prompt {
  const room = Math.max(0, MOST - prompt.text.length);
  // Only what may fit is looked at; the most that becomes one character are two.
  const text = input
    .slice(0, 2 * room + 2)
    .replace(/\r\n?|[\n\t\u2028\u2029]/g, " ")
    .replace(/\p{Cc}|\p{Cs}/gu, "");
  const isCut = text.length > room || input.length > 2 * room + 2;
  const fits = text.slice(0, room).replace(/\p{Cs}$/u, "");
  const whole = prompt.text.slice(0, prompt.at) + fits + prompt.text.slice(prompt.at);
  return snapped({ ...prompt, text: whole, at: prompt.at + fits.length, error: isCut ? TOO_LONG : null });
}

function cut(prompt: Prompt, from: number, to: number): Prompt {
  return snapped({ ...prompt, text: prompt.text.slice(0, from) + prompt.text.slice(to), at: from, error: null });
}

const before = ({ text, at }: Prompt): number => graphemeStart(text, at - 1);

/** The end of the grapheme at the cursor. */
function behind({ text, at }: Prompt): number {
  const found = segmentsOf(text).containing(at);
  return found ? found.index + found.segment.length : text.length;
}

/** Where the grapheme begins that a place of a text is in. */
const graphemeStart = (text: string, at: number): number =>
  segmentsOf(text).containing(Math.max(0, at))?.index ?? Math.max(0, Math.min(at, text.length));

/** What was typed may have become one with what stands around it: the cursor never stands within a grapheme. */
const snapped = (prompt: Prompt): Prompt =>
  graphemeStart(prompt.text, prompt.at) === prompt.at ? prompt : { ...prompt, at: behind(prompt) };

function wordBefore({ text, at }: Prompt): number {
  const head = text.slice(0, at).trimEnd();
  return head.length - (/\S+$/.exec(head)?.[0].length ?? 0);
}
