import { parse } from "smol-toml";

/** Where a key and its value begin. */
interface Place {
  key: number;
  value: number;
}
export type Places = ReadonlyMap<string, Place>;

/** Steps from the root of a pyproject.toml to the deepest value that a setting has: tool, recctl, rules, name. */
export const DEEPEST = 4;

type Path = readonly (string | number)[];

/** A path as {@link Places} know it. */
export const placeKey = (path: Path): string => JSON.stringify(path);

/** Where the keys and values of a TOML text stand, which a reader of TOML has found to be right: the reader tells no places. */
export function placesOf(text: string): Places {
  const walk = new Walk(text);
  walk.statements();
  return walk.places;
}

const VOID = /(?:[ \t\r\n]+|#[^\n]*)*/y;
const BARE = /[\w-]+/y;
const PLAIN = /[^,\]}#\r\n]*/y;

class Walk {
  readonly places = new Map<string, Place>();
  private at = 0;

  constructor(private readonly text: string) {}

  statements(): void {
    let table: Path = [];
    if (this.text.charCodeAt(0) === 0xfeff) this.at++;
    for (this.match(VOID); this.at < this.text.length; this.match(VOID)) {
      const start = this.at;
      if (this.text[start] === "[") {
        while (this.text[this.at] === "[") this.at++;
        table = this.key([], start);
        while (this.text[this.at] === "]") this.at++;
      } else this.member(table);
      if (this.at === start) return;
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  /** Notes where a path was first seen. Longer ones than any setting has are cut: none of them is asked for. */
  private below(path: Path, step: string | number, key: number): Path {
    if (path.length > DEEPEST) return path;
    const longer = [...path, step];
    const name = placeKey(longer);
    if (!this.places.has(name)) this.places.set(name, { key, value: key });
    return longer;
  }

  /** Reads a key of one or several parts; the path that it leads to. */
  private key(table: Path, start: number): Path {
    let path = table;
    for (;;) {
      this.match(VOID);
      path = this.below(path, this.part(), start);
      this.match(VOID);
      if (this.text[this.at] !== ".") return path;
      this.at++;
    }
  }

  private part(): string {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return this.match(BARE);
    const start = this.at;
    this.string();
    return Object.keys(parse(`${this.text.slice(start, this.at)} = 0`))[0] ?? "";
  }

  private member(table: Path): void {
    const path = this.key(table, this.at);
    if (this.text[this.at] !== "=") return;
    this.at++;
    this.match(VOID);
    this.value(path);
  }

  private value(path: Path): void {
    const place = this.places.get(placeKey(path));
    if (place) place.value = this.at;
    const first = this.text[this.at];
    if (first === '"' || first === "'") this.string();
    else if (first === "[") this.inside("]", (index) => this.value(this.below(path, index, this.at)));
    else if (first === "{") this.inside("}", () => this.member(path));
    else this.match(PLAIN);
  }

  /** Steps through what stands between brackets. */
  private inside(close: string, item: (index: number) => void): void {
    this.at++;
    for (let index = 0; this.at < this.text.length; index++) {
      this.match(VOID);
      const start = this.at;
      if (this.text[start] !== close) item(index);
      this.match(VOID);
      if (this.text[this.at] === ",") this.at++;
      else if (this.text[this.at] === close || this.at === start) {
        this.at++;
        return;
      }
    }
  }

  /** Steps over a string, of any of the four kinds. */
  private string(): void {
    const { text } = this;
    const quote = text[this.at] as string;
    const three = quote.repeat(3);
    const end = text.startsWith(three, this.at) ? three : quote;
    let at = this.at + end.length;
    while (at < text.length && !text.startsWith(end, at)) at += quote === '"' && text[at] === "\\" ? 2 : 1;
    at += end.length;
    // Quotes may stand right before the three that end it.
    while (end === three && text[at] === quote) at++;
    this.at = at;
  }
}
