import type { Asked, ToolSpec } from "../dialects/dialect.ts";
import { type Message, type Part, parsedArguments } from "../dialects/message.ts";
import { compact } from "../dialects/shared.ts";
import { asArray, asNumber, asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { INDENTED, writeJson } from "../recording/json/write.ts";
import type { Failure, Recording } from "../recording/recording.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { forTerminal, forTerminalLine } from "../text/escape.ts";
import { squeeze, width } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Screen } from "./report.ts";

/** A recording as people read it. */
export interface Conversation {
  path: string;
  bytes: number;
  dialect: string;
  recording: Recording;
  asked: Asked;
  answer: Message;
}

/** Which halves are shown. */
export interface Halves {
  request: boolean;
  response: boolean;
}

/** Lines narrower than this are easier to read than the whole width of a wide terminal. */
const MEASURE = 100;

/** The lines of a conversation; for a terminal escaped and wrapped, for a pipe untouched. */
export function* conversationLines(shown: Conversation, halves: Halves, screen: Screen): Generator<string> {
  const page = new Page(screen);
  yield* headLines(shown, page);
  if (halves.request) yield* askedLines(shown.asked, page);
  if (halves.response) yield* answerLines(shown, page);
}

/** Text put where it will be read. */
class Page {
  readonly columns: number;

  constructor(readonly screen: Screen) {
    this.columns = Math.min(screen.columns, MEASURE);
  }

  /** One line, escaped for a terminal. */
  line(text: string): string {
    return this.screen.terminal ? forTerminalLine(text) : text;
  }

  *text(text: string, indent = ""): Generator<string> {
    const shown = this.screen.terminal ? forTerminal(text) : text;
    for (const line of shown.split("\n")) {
      const lines = this.screen.terminal ? wrapLines(line, this.columns - indent.length) : [line];
      for (const part of lines) yield part === "" ? "" : indent + part;
    }
  }

  /** A name and what it holds; long values go on below, indented. */
  *field(name: string, value: string): Generator<string> {
    const [first = "", ...rest] = [...this.text(value, "           ")];
    yield this.screen.paint("faint", name.padEnd(11)) + first.trimStart();
    yield* rest;
  }

  rule(title: string): string {
    const text = this.screen.terminal ? squeeze(this.line(title), this.columns - 6) : title;
    const dashes = "─".repeat(Math.max(2, Math.min(this.columns, 72) - width(text) - 4));
    return `${this.screen.paint("faint", "──")} ${this.screen.paint("who", text)} ${this.screen.paint("faint", dashes)}`;
  }
}

function* headLines({ path, bytes, dialect, recording }: Conversation, page: Page): Generator<string> {
  const { head } = recording;
  yield* page.field("file", `${path} (${bytesText(bytes)})`);
  yield* page.field("test", head.testId ?? "(shared between tests)");
  yield* page.field("api", `${dialect} · ${whatWasCalled(recording)}`);
  if (head.model) yield* page.field("model", head.model);
  if (head.type && dialect === "unknown") yield* page.field("type", head.type);
}

/** The address that was called, or the tool. */
function whatWasCalled({ head, request }: Recording): string {
  if (head.kind === "tool") return `${asString(request.get("provider")) ?? ""} ${head.tool ?? ""}`.trim();
  return head.url === null ? `${head.kind} request` : `${head.method ?? ""} ${head.url}`.trim();
}

function* askedLines(asked: Asked, page: Page): Generator<string> {
  for (const [index, [key, value]] of asked.parameters.entries()) {
    yield* page.field(index === 0 ? "parameters" : "", `${key} ${shortValue(value, page)}`);
  }
  for (const [index, tool] of asked.tools.entries()) yield* page.field(index === 0 ? "tools" : "", toolText(tool));
  for (const turn of asked.turns) {
    yield "";
    yield page.rule(turn.role);
    yield* partLines(turn.parts, page);
  }
}

/** Values too long for a screen are cut on it, and whole in a pipe. */
function shortValue(value: JsonValue, page: Page): string {
  const text = compact(value);
  return page.screen.terminal && text.length > 240 ? `${text.slice(0, 240)}… (${text.length} characters)` : text;
}

/** `name(required, optional?): description` */
function toolText({ name, description, parameters }: ToolSpec): string {
  const schema = asObject(parameters ?? undefined);
  const required = new Set((asArray(schema?.get("required")) ?? []).map(String));
  const keys = asObject(schema?.get("properties"))?.keys ?? [];
  const inside = keys.map((key) => (required.has(key) ? key : `${key}?`)).join(", ");
  return `${name}(${inside})${description ? `: ${description.split("\n")[0]}` : ""}`;
}

function* answerLines({ recording, answer }: Conversation, page: Page): Generator<string> {
  const { head, failure } = recording;
  const how = head.chunks === null ? "answer" : `answer, streamed in ${countText(head.chunks, "chunk")}`;
  const several = answer.choices.length > 1;
  for (const choice of answer.choices) {
    yield "";
    yield page.rule(several ? `${how}, choice ${choice.index}` : how);
    yield* partLines(choice.parts, page);
    if (choice.finish !== null) {
      yield "";
      yield* page.field("finish", choice.finish);
    }
  }
  if (answer.choices.length === 0) {
    yield "";
    yield page.rule(how);
    if (answer.items.length === 0 && !failure) yield page.screen.paint("faint", "(empty)");
  }
  for (const { label, text } of answer.items) yield* page.text(label === "" ? text : `${label}: ${text}`);
  for (const error of answer.errors) yield* labelled("error", error, page);
  if (answer.usage) yield* page.field("usage", usageText(answer.usage));
  if (failure) yield* failureLines(failure, page);
}

function* failureLines(failure: Failure, page: Page): Generator<string> {
  const facts = [failure.type, failure.status === null ? null : `status ${failure.status}`, failure.category];
  yield "";
  const fact = `failed: ${facts.filter((fact) => fact !== null).join(", ") || "recorded failure"}`;
  for (const line of page.text(page.line(fact))) yield page.screen.paint("bad", line);
  yield* page.text(failure.message);
}

/** The counts of a usage object, the nested ones in brackets where they are not 0: prompt_tokens 12 · total_tokens 40. */
function usageText(usage: JsonObject, nested = false): string {
  const counts: string[] = [];
  for (const [key, value] of usage.entries()) {
    const inner = asObject(value);
    if (inner) {
      const details = usageText(inner, true);
      if (details !== "") counts.push(`${key} (${details})`);
    } else if (value !== null && !Array.isArray(value) && !(nested && asNumber(value) === 0)) {
      counts.push(`${key} ${typeof value === "string" ? value : compact(value)}`);
    }
  }
  return counts.join(" · ");
}

function* partLines(all: readonly Part[], page: Page): Generator<string> {
  // Beside a tool call many models say "": nothing to see.
  const parts = all.filter((part) => part.type !== "text" || part.text !== "");
  for (const [index, part] of parts.entries()) {
    if (index > 0 && (part.type !== "tool-call" || parts[index - 1]?.type !== "tool-call")) yield "";
    yield* onePart(part, page);
  }
}

function* onePart(part: Part, page: Page): Generator<string> {
  switch (part.type) {
    case "text":
      yield* page.text(part.text);
      break;
    case "reasoning":
      for (const line of page.text(part.text, "  ")) yield page.screen.paint("faint", line);
      break;
    case "refusal":
      yield* labelled("refusal", part.text, page);
      break;
    case "tool-call":
      yield* labelled("call", `${part.name} ${argumentsText(part.arguments)}${part.id ? ` (${part.id})` : ""}`, page);
      break;
    case "tool-result":
      yield* labelled("result", `${part.name ?? part.id ?? ""}\n${part.text}`.trim(), page);
      break;
    case "media":
      yield* labelled("media", `${part.media}, ${part.source}`, page);
      break;
    case "other":
      yield* labelled(part.label, writeJson(part.value, INDENTED), page);
      break;
  }
}

/** Arguments on one line where they are JSON; said to be none where they are not. */
function argumentsText(text: string): string {
  if (text === "") return "";
  const parsed = parsedArguments(text);
  return parsed === undefined ? `${text} (not JSON)` : compact(parsed);
}

function* labelled(label: string, text: string, page: Page): Generator<string> {
  const lead = `${page.line(label)}: `;
  const [first = "", ...rest] = [...page.text(lead + text)];
  const known = lead.trimEnd();
  // A label wider than the screen goes on below.
  yield first.startsWith(known) ? page.screen.paint("id", known) + first.slice(known.length) : first;
  yield* rest;
}
