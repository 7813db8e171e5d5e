import { pathText } from "../../../recording/json/locate.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { quoteJson } from "../../../recording/json/write.ts";
import { countText } from "../../../text/bytes.ts";
import { forTerminalJson } from "../../../text/escape.ts";
import type { Look, Paint } from "../../../text/style.ts";
import { type Bounds, COUNTED, cutTo, linesLeft, moreCharacters } from "../bounds.ts";
import { flowed, onOneLine, type Piece } from "./flow.ts";
import { canFold, countOf, hasRuns, isFoldedAtFirst, linesAtFirst, RUN, type Spot } from "./folding.ts";
import { previewOf, quoted, sizeOf } from "./preview.ts";

/** JSON as lines, and of each line the key of what can be folded there: what begins on it, else what it lies in. */
export interface Sheet {
  readonly lines: readonly string[];
  readonly folds: readonly (string | null)[];
}

/** How a sheet is made. */
export interface SheetLook {
  readonly columns: number;
  readonly paint: Paint;
  /** Keys of what is folded otherwise than at first. */
  readonly turned: ReadonlySet<string>;
  readonly bounds: Bounds;
}

/** A value as JSON of which only what is open is made; `root` begins the keys of what can be folded. */
export function sheetOf(value: JsonValue, root: string, look: SheetLook): Sheet {
  const writer = new SheetWriter(look);
  writer.value(value, { label: [], key: root, outer: null, depth: 0, among: 0, comma: "", before: undefined });
  writer.end();
  return writer;
}

/** Where a value stands. */
interface Place extends Spot {
  readonly label: readonly Piece[];
  readonly key: string;
  /** Key of what it lies in. */
  readonly outer: string | null;
  readonly comma: string;
  /** The element before it in a list. */
  readonly before: JsonValue | undefined;
}

const OPEN = "▾ ";
const CLOSED = "▸ ";
const NEITHER = "  ";
/** Of a folded string so many characters are looked at. */
const GLANCE = 400;

class SheetWriter implements Sheet {
  readonly lines: string[] = [];
  readonly folds: (string | null)[] = [];
  /** Lines of members that were not made. */
  private left = 0;

  constructor(private readonly look: SheetLook) {}

  /** Says so where not all was made. */
  end(): void {
    const { columns, paint } = this.look;
    if (!this.isFull()) return;
    const left = this.left + this.lines.length - this.most;
    this.lines.length = this.most;
    this.folds.length = this.most;
    this.lines.push(linesLeft(left, columns, paint));
    this.folds.push(null);
  }

  private get most(): number {
    return 2 * this.look.bounds.lines - 1;
  }

  private isFull(): boolean {
    return this.lines.length > this.most;
  }

  value(value: JsonValue, place: Place): void {
    const isFoldable = place.depth > 0 && canFold(value, place);
    const fold = isFoldable ? place.key : place.outer;
    if (isFoldable && this.isFolded(place.key, isFoldedAtFirst(value, place))) this.folded(value, place);
    else if (countOf(value) > 0)
      this.opened(value as JsonObject | JsonValue[], place, isFoldable ? OPEN : NEITHER, fold);
    else {
      this.flow(
        [...place.label, ...this.scalar(value), { text: place.comma }],
        place.depth,
        isFoldable ? OPEN : NEITHER,
        fold,
      );
    }
  }

  /** One line for what has more. */
  private folded(value: JsonValue, { label, key, depth, comma, before }: Place): void {
    const rest: Piece[] =
      typeof value === "string"
        ? [
            { text: `${countText(value.length, "character")}  `, look: "faint" },
            { text: forTerminalJson(quoted(value.slice(0, GLANCE), GLANCE)), look: LOOKS.string },
          ]
        : [
            { text: sizeOf(value as JsonObject | JsonValue[]) + comma },
            { text: `  ${previewOf(value, before, this.look.columns)}`, look: "faint" },
          ];
    this.one([...label, ...rest], depth, CLOSED, key);
  }

  private opened(value: JsonObject | JsonValue[], place: Place, sign: string, fold: string | null): void {
    const { label, depth, comma } = place;
    const [begin, end] = value instanceof JsonObject ? ["{", "}"] : ["[", "]"];
    this.flow([...label, { text: begin }], depth, sign, fold);
    const count = countOf(value);
    if (hasRuns(value)) {
      for (let from = 0; from < count; from += RUN) this.run(value, from, Math.min(count, from + RUN), place);
    } else this.members(value, 0, count, place, depth + 1, fold);
    this.flow([{ text: end + comma }], depth, NEITHER, fold);
  }

  /** Members from one to before another, behind a line that opens and closes them. */
  private run(value: JsonObject | JsonValue[], from: number, to: number, place: Place): void {
    const key = runKey(place.key, from);
    const isFolded = this.isFolded(key, true);
    const text = `${from}–${to - 1}  ${countText(to - from, value instanceof JsonObject ? "key" : "element")}`;
    this.one([{ text, look: "faint" }], place.depth + 1, isFolded ? CLOSED : OPEN, key);
    if (!isFolded) this.members(value, from, to, place, place.depth + 2, key);
  }

  private members(
    value: JsonObject | JsonValue[],
    from: number,
    to: number,
    { key }: Place,
    depth: number,
    outer: string | null,
  ): void {
    const count = countOf(value);
    for (let at = from; at < to; at++) {
      if (this.isFull()) {
        this.leaveOut(value, at, to, depth);
        return;
      }
      const comma = at < count - 1 ? "," : "";
      if (value instanceof JsonObject) {
        const name = value.keys[at] as string;
        const label = [{ text: forTerminalJson(quoteJson(name, false)), look: LOOKS.key }, { text: ": " }];
        const inner = value.values[at] as JsonValue;
        this.value(inner, { label, key: memberKey(key, name), outer, depth, among: 0, comma, before: undefined });
      } else {
        const inner = value[at] as JsonValue;
        const label = countOf(inner) > 0 ? [{ text: `${at} `, look: "faint" as const }] : [];
        this.value(inner, { label, key: memberKey(key, at), outer, depth, among: count, comma, before: value[at - 1] });
      }
    }
  }

  /** Counts the members that there is no room for. */
  private leaveOut(value: JsonObject | JsonValue[], from: number, to: number, depth: number): void {
    const values = value instanceof JsonObject ? value.values : value;
    const spot = { depth, among: Array.isArray(value) ? value.length : 0 };
    for (let at = from; at < to && this.left <= COUNTED; at++) {
      this.left += linesAtFirst(values[at] as JsonValue, spot, this.look.columns, COUNTED - this.left);
    }
  }

  /** A value that has no members; of a long string its beginning. */
  private scalar(value: JsonValue): Piece[] {
    if (typeof value !== "string") return [scalar(value)];
    const { characters } = this.look.bounds;
    const shown = scalar(cutTo(value, characters));
    const left = value.length - characters;
    return left > 0 ? [shown, { text: ` ${moreCharacters(left)}`, look: "faint" }] : [shown];
  }

  private isFolded(key: string, atFirst: boolean): boolean {
    return this.look.turned.has(key) !== atFirst;
  }

  /** Deep down there is still room for text. */
  private indent(depth: number): string {
    return " ".repeat(Math.min(2 * depth, Math.floor(this.look.columns / 3)));
  }

  private flow(pieces: readonly Piece[], depth: number, sign: string, fold: string | null): void {
    const indent = this.indent(depth);
    const { columns, paint } = this.look;
    for (const line of flowed(pieces, indent + sign, `${indent}    `, columns, paint)) this.add(line, fold);
  }

  private one(pieces: readonly Piece[], depth: number, sign: string, fold: string | null): void {
    this.add(onOneLine(pieces, this.indent(depth) + sign, this.look.columns, this.look.paint), fold);
  }

  private add(line: string, fold: string | null): void {
    this.lines.push(line);
    this.folds.push(fold);
  }
}

/** How what JSON is made of looks. */
const LOOKS = { key: "id", string: "good", number: "warn", literal: "who" } as const satisfies Record<string, Look>;

function scalar(value: JsonValue): { text: string; look?: Look } {
  if (typeof value === "string") return { text: forTerminalJson(quoteJson(value, false)), look: LOOKS.string };
  if (value instanceof JsonNumber) return { text: value.text, look: LOOKS.number };
  if (value instanceof JsonObject) return { text: "{}" };
  return Array.isArray(value) ? { text: "[]" } : { text: String(value), look: LOOKS.literal };
}

/** Keys of what can be folded are paths: `response.body[3].id`. */
export const memberKey = (key: string, step: string | number): string => {
  if (typeof step === "number") return `${key}[${step}]`;
  const text = pathText([step]);
  return key === "" || text.startsWith("[") ? key + text : `${key}.${text}`;
};
export const runKey = (key: string, from: number): string => `${key}[${from}…]`;
