import type { Dialect } from "../dialects/dialect.ts";
import { Assembler, type Message, type Part, type Piece } from "../dialects/message.ts";
import { piecesOf, unitsOf } from "../dialects/units.ts";
import type { Recording } from "../recording/recording.ts";

/** A run of text in the order in which people read it. It comes in pieces, some of them before its turn. */
interface Section {
  label: string;
  /** How many pieces it will have had in the end. */
  pieces: number;
  arrived: number;
  /** What has arrived and was not read yet. */
  waiting: string;
  begun: boolean;
}

/** Text that a step brings, and where it belongs. */
interface Arrival {
  section: Section;
  text: string;
}

/**
 * A stream as people read it, growing. Sections (reasoning, text, tool calls, choice by choice) come
 * out one after another, as they are assembled: what arrives for a later one waits until the one
 * before it is whole. An answer that is text and nothing else is that text, untouched.
 */
export class TextFlow {
  /** What each unit of the stream brings; an unstreamed body is one step. */
  readonly steps: readonly (readonly Piece[])[];
  private readonly arrivals: readonly (readonly Arrival[])[];
  private readonly sections: readonly Section[];
  private at = 0;
  private step = 0;
  private held = "";
  /** Whether anything was read yet. */
  private any = false;

  constructor(recording: Recording, dialect: Dialect) {
    const units = unitsOf(recording, dialect);
    this.steps = units.length > 0 ? units.map((unit) => unit.pieces) : [piecesOf(recording, dialect)];
    const assembler = new Assembler();
    const home = new Map<unknown, Section>();
    const { items, errors } = assembler.message;
    this.arrivals = this.steps.map((pieces) =>
      pieces.flatMap((piece) => {
        const part = assembler.add(piece);
        const owner = part ?? (piece.type === "item" ? items : piece.type === "error" ? errors : undefined);
        return owner ? [arrivalOf(piece, part, sectionOf(owner, home))] : [];
      }),
    );
    this.sections = inOrder(assembler.message, home);
  }

  /** What the next step adds to what has been read so far. */
  next(): string {
    for (const { section, text } of this.arrivals[this.step++] ?? []) {
      section.arrived++;
      section.waiting += text;
    }
    let out = "";
    for (let section = this.sections[this.at]; section; section = this.sections[this.at]) {
      if (section.waiting !== "") {
        if (!section.begun) out += (this.any ? "\n\n" : "") + section.label;
        section.begun = true;
        this.any = true;
        out += section.waiting;
        section.waiting = "";
      }
      if (section.arrived < section.pieces) break;
      this.at++;
    }
    return this.whole(out);
  }

  /** What is left when the stream has ended. */
  end(): string {
    const plain = this.sections.length === 0 || (this.sections.length === 1 && this.sections[0]?.label === "");
    return plain ? this.held : `${this.held}\n`;
  }

  /** Holds back half a character until its other half comes: UTF-8 cannot say it. */
  private whole(text: string): string {
    const out = this.held + text;
    const half = /[\ud800-\udbff]$/.test(out);
    this.held = half ? out.slice(-1) : "";
    return half ? out.slice(0, -1) : out;
  }
}

function sectionOf(owner: unknown, home: Map<unknown, Section>): Section {
  let section = home.get(owner);
  if (!section) {
    section = { label: "", pieces: 0, arrived: 0, waiting: "", begun: false };
    home.set(owner, section);
  }
  return section;
}

/** What a piece adds to its section. `part` is the part of a choice that it went to, if it went to one. */
function arrivalOf(piece: Piece, part: Part | undefined, section: Section): Arrival {
  section.pieces++;
  return { section, text: addedText(piece, part, section.pieces === 1) };
}

function addedText(piece: Piece, part: Part | undefined, first: boolean): string {
  switch (piece.type) {
    case "item":
      return `${first ? "" : "\n"}${piece.label === "" ? "" : `${piece.label}: `}${piece.text}`;
    case "error":
      return `${first ? "" : "\n"}${piece.text}`;
    case "tool-call": {
      const args = piece.arguments ?? "";
      const firstArgs = args !== "" && part?.type === "tool-call" && part.arguments === args;
      return (piece.name ?? "") + (firstArgs ? " " : "") + args;
    }
    default:
      return "text" in piece ? piece.text : "";
  }
}

const LABELS: Record<string, string> = {
  reasoning: "[reasoning]\n",
  refusal: "[refusal]\n",
  "tool-call": "[tool call] ",
};

/** The sections in the order of the whole message, labelled where they are not plain text. */
function inOrder(message: Message, home: ReadonlyMap<unknown, Section>): Section[] {
  const several = message.choices.length > 1;
  const sections: Section[] = [];
  const take = (owner: unknown, label: string): void => {
    const section = home.get(owner);
    if (section) sections.push(Object.assign(section, { label }));
  };
  for (const { index, parts } of message.choices) {
    for (const [position, part] of parts.entries()) {
      const isAnswer = part.type === "text" && parts[position - 1]?.type === "reasoning";
      const label = isAnswer ? "[answer]\n" : (LABELS[part.type] ?? "");
      take(part, several && position === 0 ? `[choice ${index}]\n${label}` : label);
    }
  }
  take(message.items, "");
  take(message.errors, "[error] ");
  return sections;
}
