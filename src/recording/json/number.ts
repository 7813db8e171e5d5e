/**
 * Numbers as CPython writes them. A number without a point or an exponent is an int, of any size;
 * anything else is a double, written as `repr` does.
 */

/** Whether Python reads this source text as a float. */
export const isFloat = (text: string): boolean => /[.eEIN]/.test(text);

/** An int as Python writes it back: `-0` reads as 0. */
export const intText = (text: string): string => (text === "-0" ? "0" : text);

/** `json.dumps(x)` of a float: the shortest digits that read back, an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  // Where both languages write the point, and something behind it, they write the same; and JavaScript's way is quick.
  if (size >= 1e-4 && size < 1e16 && !Number.isInteger(value)) return String(value);
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const negative = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${negative}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${negative}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

/** Python's `f"{x:.5f}"`, or with other places than 5: rounded on the exact binary value, halves to even, all digits however large. */
export function fixedText(value: number, places = 5): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const scaled = scaledUp(Math.abs(value), places)
    .toString()
    .padStart(places + 1, "0");
  return `${sign}${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
}

/** Python's `round(x, 5)`. */
export const round5 = (value: number): number => (Number.isFinite(value) ? Number(fixedText(value)) : value);

/** `value` × 10^`places` as a whole number, halves to even. `value` is finite and not negative. */
function scaledUp(value: number, places: number): bigint {
  const { mantissa, exponent } = parts(value);
  const scaled = mantissa * 10n ** BigInt(places);
  if (exponent >= 0) return scaled << BigInt(exponent);
  const shift = BigInt(-exponent);
  const whole = scaled >> shift;
  const rest = scaled - (whole << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole;
}

const VIEW = new DataView(new ArrayBuffer(8));

/** A double as mantissa × 2^exponent (IEEE 754). */
function parts(value: number): { mantissa: bigint; exponent: number } {
  VIEW.setFloat64(0, value);
  const bits = VIEW.getBigUint64(0);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const power = Number((bits >> 52n) & 0x7ffn);
  return power === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: power - 1075 };
}
