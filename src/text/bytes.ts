const UNITS = ["B", "KB", "MB", "GB"];

/** Bytes as people read them: 512 B, 4.2 KB, 87 MB. One KB is 1,000 bytes, as ls and gh have it. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** Reads a size as typed (500, 500k, 1.5MB) as bytes; undefined where it is none. */
export function parseBytes(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text.trim());
  if (!found) return undefined;
  const power = ["", "k", "m", "g"].indexOf((found[2] as string).toLowerCase());
  return Number(found[1]) * 1000 ** power;
}

/** A count with its noun: 1 recording, 3,162 recordings. */
export const countText = (count: number, noun: string, plural = `${noun}s`): string =>
  `${numberText(count)} ${count === 1 ? noun : plural}`;

/** A whole number with commas between its thousands. By hand: `toLocaleString` takes 20 ms when it is first called. */
export const numberText = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
