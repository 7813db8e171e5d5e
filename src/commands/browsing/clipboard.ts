/** Bytes of base64 that terminals take at most, the more careful of them. */
const MOST = 75_000;

/** What puts a text on the clipboard (OSC 52), in tmux through it as well; null where it is too long. */
export function clipboardText(text: string, isTmux: boolean): string | null {
  const encoded = Buffer.from(text).toString("base64");
  if (encoded.length > MOST) return null;
  const sequence = `\u001b]52;c;${encoded}\u0007`;
  return isTmux ? `${sequence}\u001bPtmux;\u001b${sequence}\u001b\\` : sequence;
}
