/** The encodings in which ASCII means ASCII, whatever else they hold: names are read right in all of them. */
const PLAIN = /^(?:utf-?8(?:-sig)?|ascii|us-ascii|latin-?1|iso-?8859-?\d+|cp125\d|windows-125\d|koi8-[ru])$/;

/** PEP 263: a comment in the first two lines, the first of which is a comment too. */
const DECLARED = /^(?:[ \t\f]*(?:#[^\n\r]*)?(?:\r\n?|\n))?[ \t\f]*#[^\n\r]*?coding[:=][ \t]*([-\w.]+)/;

/** The text of a Python file; null where CPython would refuse its bytes, or they are not sure to mean what they seem. */
export function decodeSource(bytes: Uint8Array): string | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 400)).replace(/^\xEF\xBB\xBF/, "");
  const declared = DECLARED.exec(head)?.[1]?.toLowerCase().replaceAll("_", "-") ?? "utf-8";
  if (!PLAIN.test(declared)) return null;
  const encoding = /^utf/.test(declared) ? "utf-8" : "latin1";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
