const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:?\d\d)?$/;

/**
 * A time as pydantic prints it: microseconds at most, and none where they are zero; UTC as Z.
 * What is no such time is left as it is.
 */
export function timeText(text: string): string {
  const found = RFC3339.exec(text);
  if (!found) return text;
  const [, day, clock, fraction = "", zone = ""] = found;
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const offset = /^(z|[+-]00:00)$/i.test(colon) ? "Z" : colon;
  return `${day}T${clock}${micros === "000000" ? "" : `.${micros}`}${offset}`;
}
