/** Lines of pytest's summary that it cut to its width before a miss's hash: the recorder's message. */
const RECORDER = /^(?:FAILED|ERROR) (.+) - (?:\w+: )?([\w :]*)\.\.\.$/gm;
const MESSAGE = "Recording not found for";

/** And recctl's own, behind what client libraries say of an error. */
const SERVER = /^(?:FAILED|ERROR) (.+) - (?:[\w.]+: )?Error code: \d{3} - (\{[^\n]*)\.\.\.$/gm;
const OWN = "recctl has no recording of this request: ";

/** What prints messages whole. */
export const UNCUT = "pytest -rA --tb=short, or COLUMNS=300";

/** The tests of lines that may hide a miss. */
export function cutIn(text: string): string[] {
  const recorder = [...text.matchAll(RECORDER)].filter(([, , said = ""]) => MESSAGE.startsWith(said.slice(0, 23)));
  const server = [...text.matchAll(SERVER)].filter(([, , said = ""]) => {
    const message = /["']message["']: ["'](.*)$/.exec(said)?.[1];
    return message === undefined || OWN.startsWith(message);
  });
  return [...recorder, ...server].map(([, test = ""]) => test);
}
