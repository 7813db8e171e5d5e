/** node hands on each byte of a header as a character; what is UTF-8 is read as that (RFC 9110 5.5 leaves it open). */
export function headerText(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value) || /[^\u0000-\u00ff]/.test(value)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    // Latin-1, or any other text of single bytes: as it came.
    return value;
  }
}

const EXTENDED = /^utf-8'[^']*'(.*)$/is;

/** `utf-8''a%C3%A9`: text for clients whose headers take ASCII alone (RFC 8187). Null where it is no such text that can be read. */
export function extendedText(value: string): string | null {
  const found = EXTENDED.exec(value);
  if (!found) return value;
  try {
    return decodeURIComponent(found[1] as string);
  } catch {
    return null;
  }
}

/** `tests/a.py::b[c, d]`: a file, and a test of it. */
const TEST_ID = /^[^\s,:[\]]*[./][^,:[\]]*::[^[\]]+(?:\[.*\])?$/s;

/** Whether a header was sent more than once, each with a test: what joins them may stand in a test id as well. */
export const isSeveralTests = (value: string): boolean => {
  const parts = value.split(", ");
  return parts.length > 1 && parts.every((part) => TEST_ID.test(part));
};
