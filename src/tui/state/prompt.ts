import type { Prompt, State } from "./state.ts";

/** A line to be typed, with the cursor behind `text`. */
export const prompting = (state: State, asks: Prompt["asks"], text = "", rest: Partial<Prompt> = {}): State => ({
  ...state,
  prompt: { asks, text, at: text.length, error: null, path: null, ...rest },
});

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

/** Text typed or pasted at the cursor; a line of its own becomes a space, what no line holds is left out. */
export function typed(prompt: Prompt, input: string): Prompt {
  const text = input.replace(/\r\n?|[\n\t\u2028\u2029]/g, " ").replace(/\p{Cc}|\p{Cs}/gu, "");
  const whole = prompt.text.slice(0, prompt.at) + text + prompt.text.slice(prompt.at);
  return snapped({ ...prompt, text: whole, at: prompt.at + text.length, error: null });
}

function cut(prompt: Prompt, from: number, to: number): Prompt {
  return snapped({ ...prompt, text: prompt.text.slice(0, from) + prompt.text.slice(to), at: from, error: null });
}

const segmenter = new Intl.Segmenter();

/** Where graphemes begin, and the end of the text. */
const boundaries = (text: string): number[] => [
  ...Array.from(segmenter.segment(text), ({ index }) => index),
  text.length,
];

const before = ({ text, at }: Prompt): number => boundaries(text).findLast((place) => place < at) ?? 0;
const behind = ({ text, at }: Prompt): number => boundaries(text).find((place) => place > at) ?? text.length;

/** What was typed may have become one with what stands around it: the cursor never stands within a grapheme. */
function snapped(prompt: Prompt): Prompt {
  const at = boundaries(prompt.text).find((place) => place >= prompt.at) ?? prompt.text.length;
  return { ...prompt, at };
}

function wordBefore({ text, at }: Prompt): number {
  const head = text.slice(0, at).trimEnd();
  return head.length - (/\S+$/.exec(head)?.[0].length ?? 0);
}
