import type { Dialect, Turn } from "../../dialects/dialect.ts";
import type { Part } from "../../dialects/message.ts";
import { askedOf } from "../../dialects/units.ts";
import { sha256 } from "../../recording/digest.ts";
import type { JsonValue } from "../../recording/json/value.ts";
import { dumps } from "../../recording/names/dumps.ts";
import { splitUrl } from "../../recording/names/url.ts";
import type { Recording } from "../../recording/recording.ts";
import { type Sketch, sketchOf } from "./sketch.ts";

/** What is kept of a turn. Equal turns of all recordings are one and the same mark. */
export interface TurnMark {
  role: string;
  /** Role and content. */
  exact: string;
  /** The same without call ids, and with placeholders for what changes with every run. */
  loose: string;
  /** Length of its text. */
  size: number;
  sketch: Sketch;
}

/** What is kept of things that have names: tools, parameters. Equal ones of all recordings are one and the same. */
export interface Marks {
  hash: string;
  /** The hash of each, by its name. */
  of: ReadonlyMap<string, string>;
}

/** What was marked before: recordings repeat each other's turns, tools and parameters, so each is kept once. */
export class Known {
  private readonly turns = new Map<string, TurnMark>();
  private readonly marks = new Map<string, Marks>();
  private readonly texts = new Map<string, string>();

  /** `placeholder` puts placeholders where a text has what changes with every run. */
  constructor(private readonly placeholder: (text: string) => string = (text) => text) {}

  turn(turn: Turn): TurnMark {
    const parts = turn.parts.map(partText);
    const exact = short([turn.role, ...parts.map(({ id, kind, text }) => `${kind} ${id} ${text}`)].join("\n"));
    const known = this.turns.get(exact);
    if (known) return known;
    const texts = parts.map(({ text }) => this.placeholder(text));
    const loose = short([turn.role, ...parts.map(({ kind }, at) => `${kind} ${texts[at]}`)].join("\n"));
    const size = parts.reduce((sum, { text }) => sum + text.length, 0);
    const mark = { role: this.text(turn.role), exact, loose, size, sketch: sketchOf(...texts) };
    this.turns.set(exact, mark);
    return mark;
  }

  /** Marks of named values; of those that share a name each gets its own. */
  named(members: readonly (readonly [name: string, value: JsonValue])[]): Marks {
    const of = new Map<string, string>();
    for (const [name, value] of members) {
      let free = name;
      for (let more = 2; of.has(free); more++) free = `${name} ${more}`;
      of.set(this.text(free), short(dumps(value)));
    }
    const hash = short(
      [...of]
        .map(([name, own]) => `${name} ${own}`)
        .sort()
        .join("\n"),
    );
    const known = this.marks.get(hash) ?? { hash, of };
    this.marks.set(hash, known);
    return known;
  }

  /** A copy of a text, made once: V8 cuts strings out of the file's text, and what is kept would keep that whole. */
  text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const own = JSON.parse(JSON.stringify(text)) as string;
    this.texts.set(own, own);
    return own;
  }
}

const short = (text: string): string => sha256(text).slice(0, 16);

/** What a part says, apart from what kind of part it is and the id of its call. */
function partText(part: Part): { kind: string; id: string; text: string } {
  switch (part.type) {
    case "tool-call":
      return { kind: "call", id: part.id ?? "", text: `${part.name} ${part.arguments}` };
    case "tool-result":
      return { kind: "result", id: part.id ?? "", text: `${part.name ?? ""} ${part.text}` };
    case "media":
      return { kind: part.media, id: "", text: part.source };
    case "other":
      return { kind: part.label, id: "", text: dumps(part.value) };
    default:
      return { kind: part.type, id: "", text: part.text };
  }
}

/** What a request asks, marked. */
export function markedOf(recording: Recording, dialect: Dialect, known: Known) {
  const { turns, tools, parameters } = askedOf(recording, dialect);
  return {
    turns: turns.map((turn) => known.turn(turn)),
    // Without its name: a tool that is only called otherwise is found again.
    tools: known.named(tools.map(({ name, description, parameters }) => [name, [description, parameters]])),
    parameters: known.named(parameters),
  };
}

/**
 * A hash of what a request asks, as names see it: of inference method, path and body, of http the whole url. Neither the
 * host nor the test, nor what a recorder notes beside it; the order of keys does not count.
 */
export function askedHash({ request, head }: Recording): string {
  if (head.kind === "tool") {
    return sha256(dumps(["provider", "tool_name", "kwargs"].map((key) => request.get(key) ?? null)));
  }
  const url = head.kind === "inference" && head.url !== null ? splitUrl(head.url).path : head.url;
  const body = request.get("body") ?? request.get("payload");
  const rest = body === undefined ? [...request.entries()].filter(([key]) => key !== "test_id") : [];
  const all = rest.map(([key, value]) => [key, value]);
  return sha256(dumps([head.method?.toUpperCase() ?? null, url, body ?? null, all]));
}
