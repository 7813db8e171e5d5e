import type { Dialect } from "../dialects/dialect.ts";
import { Assembler, assemble, type Message, type Part, type Piece } from "../dialects/message.ts";
import { piecesOf, unitsOf } from "../dialects/units.ts";
import type { Recording } from "../recording/recording.ts";

/** A run of text in the order in which people read it. */
interface Section {
  label: string;
  text: (message: Message) => string;
  /** Its text when all has come. */
  whole: string;
}

/**
 * A stream as people read it, growing. Sections (reasoning, text, tool calls, choice by choice) come
 * out one after another, as `assemble` orders them: what arrives for a later one waits until the
 * one before it is whole. An answer that is text and nothing else is that text, untouched.
 */
export class TextFlow {
  /** What each unit of the stream brings; an unstreamed body is one step. */
  readonly steps: readonly (readonly Piece[])[];
  private readonly assembler = new Assembler();
  private readonly sections: readonly Section[];
  private readonly plain: boolean;
  private section = 0;
  private printed = 0;
  private held = "";

  constructor(recording: Recording, dialect: Dialect) {
    const units = unitsOf(recording, dialect);
    this.steps = units.length > 0 ? units.map((unit) => unit.pieces) : [piecesOf(recording, dialect)];
    this.sections = sectionsOf(assemble(this.steps.flat()));
    this.plain = this.sections.length === 1 && this.sections[0]?.label === "";
  }

  /** What a step adds to what has been read so far. */
  add(pieces: readonly Piece[]): string {
    for (const piece of pieces) this.assembler.add(piece);
    let out = "";
    for (let section = this.sections[this.section]; section; section = this.sections[this.section]) {
      // Only the length of what grows is asked for: to cut a piece off it would copy it, chunk by chunk.
      const { length } = section.text(this.assembler.message);
      if (length > this.printed) {
        if (this.printed === 0) out += (this.section > 0 ? "\n\n" : "") + section.label;
        out += section.whole.slice(this.printed, length);
        this.printed = length;
      }
      if (this.printed < section.whole.length) break;
      this.section++;
      this.printed = 0;
    }
    return this.whole(out);
  }

  /** What is left when the stream has ended. */
  end(): string {
    const rest = this.held;
    this.held = "";
    return this.plain || this.sections.length === 0 ? rest : `${rest}\n`;
  }

  /** Holds back half a character until its other half comes: UTF-8 cannot say it. */
  private whole(text: string): string {
    const out = this.held + text;
    const half = /[\ud800-\udbff]$/.test(out);
    this.held = half ? out.slice(-1) : "";
    return half ? out.slice(0, -1) : out;
  }
}

const LABELS: Record<string, string> = {
  reasoning: "[reasoning]\n",
  refusal: "[refusal]\n",
  "tool-call": "[tool call] ",
};

function sectionsOf(message: Message): Section[] {
  const sections: Omit<Section, "whole">[] = [];
  const several = message.choices.length > 1;
  for (const { index, parts } of message.choices) {
    for (const [position, part] of parts.entries()) {
      const isAnswer = part.type === "text" && parts[position - 1]?.type === "reasoning";
      const label = isAnswer ? "[answer]\n" : (LABELS[part.type] ?? "");
      sections.push({
        label: several && position === 0 ? `[choice ${index}]\n${label}` : label,
        text: (now) => {
          const there = now.choices.find((choice) => choice.index === index)?.parts[position];
          return there ? partText(there) : "";
        },
      });
    }
  }
  if (message.items.length > 0) sections.push({ label: "", text: (now) => now.items.map(itemText).join("\n") });
  if (message.errors.length > 0) sections.push({ label: "[error] ", text: (now) => now.errors.join("\n") });
  return sections.map((section) => ({ ...section, whole: section.text(message) })).filter(({ whole }) => whole !== "");
}

function partText(part: Part): string {
  if (part.type === "tool-call") return `${part.name} ${part.arguments}`.trimEnd();
  return "text" in part ? part.text : "";
}

const itemText = (item: { label: string; text: string }): string =>
  item.label === "" ? item.text : `${item.label}: ${item.text}`;
