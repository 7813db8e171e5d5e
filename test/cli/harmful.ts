/** recctl's own: colours on and off, and the line that tells progress, which it takes away again. */
const OWN = /\u001b\[(?:1|2|22|3[1-6]|39)m|\r\u001b\[K/g;
/** Control characters but for newline and tab, what reorders text, what hides, halves of characters. */
const HARMFUL =
  /[\p{Cc}\p{Bidi_Control}\u00ad\u180e\u200b\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The characters in what a terminal got that could do more than be seen, each once. */
export function harmful(raw: string): string[] {
  // The terminal's own driver puts a carriage return before each newline.
  const text = raw
    .replace(OWN, "")
    .replaceAll("\r\n", "\n")
    .replace(/[\n\t]/g, "");
  return [...new Set(text.match(HARMFUL) ?? [])];
}
