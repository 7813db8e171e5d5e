import type { Asked, ToolSpec } from "../dialects/dialect.ts";
import { type Message, type Part, parsedArguments } from "../dialects/message.ts";
import { compact } from "../dialects/shared.ts";
import type { Head } from "../recording/head.ts";
import { asArray, asNumber, asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { INDENTED, writeJson } from "../recording/json/write.ts";
import type { Failure, Recording } from "../recording/recording.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { Page } from "./page.ts";
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

/** The lines of a conversation; for a terminal escaped and wrapped, for a pipe untouched. */
export function* conversationLines(shown: Conversation, halves: Halves, screen: Screen): Generator<string> {
  const page = new Page(screen);
  yield* headLines(headingOf(shown), page);
  if (halves.request) yield* askedLines(shown.asked, page);
  if (halves.response) yield* answerLines(shown, page);
}

/** What is told of a recording before all else. */
export interface Heading {
  path: string;
  bytes: number;
  dialect: string;
  head: Head;
  /** Of a tool, who provides it. */
  provider?: string;
}

export const headingOf = ({ path, bytes, dialect, recording }: Omit<Conversation, "asked" | "answer">): Heading => ({
  path,
  bytes,
  dialect,
  head: recording.head,
  provider: asString(recording.request.get("provider")) ?? "",
});

export function* headLines({ path, bytes, dialect, head, provider = "" }: Heading, page: Page): Generator<string> {
  yield* page.field("file", `${path} (${bytesText(bytes)})`);
  yield* page.field("test", head.testId ?? "(shared between tests)");
  yield* page.field("api", `${dialect} · ${whatWasCalled(head, provider)}`);
  if (head.model) yield* page.field("model", head.model);
  if (head.type && dialect === "unknown") yield* page.field("type", head.type);
}

/** The address that was called, or the tool. */
function whatWasCalled(head: Head, provider: string): string {
  if (head.kind === "tool") return `${provider} ${head.tool ?? ""}`.trim();
  return head.url === null ? `${head.kind} request` : `${head.method ?? ""} ${head.url}`.trim();
}

export function* askedLines(asked: Asked, page: Page): Generator<string> {
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

/**
 * The answer. `growing` is the title of one that still comes: then arguments of calls are told as far as they came, and
 * neither what is missing nor how it ended.
 */
export function* answerLines(
  { recording, answer }: Pick<Conversation, "recording" | "answer">,
  page: Page,
  growing: string | null = null,
): Generator<string> {
  const { head, failure } = recording;
  const whole = head.chunks === null ? "answer" : `answer, streamed in ${countText(head.chunks, "chunk")}`;
  const how = growing ?? whole;
  const several = answer.choices.length > 1;
  for (const choice of answer.choices) {
    yield "";
    yield page.rule(several ? `${how}, choice ${choice.index}` : how);
    yield* partLines(choice.parts, page, growing !== null);
    if (choice.finish !== null) {
      yield "";
      yield* page.field("finish", choice.finish);
    }
  }
  if (answer.choices.length === 0) {
    yield "";
    yield page.rule(how);
    if (answer.items.length === 0 && !failure && growing === null) yield page.screen.paint("faint", "(empty)");
  }
  for (const { label, text } of answer.items) yield* page.text(label === "" ? text : `${label}: ${text}`);
  for (const error of answer.errors) yield* labelled("error", error, page);
  if (answer.usage) yield* page.field("usage", usageText(answer.usage));
  if (failure && growing === null) yield* failureLines(failure, page);
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

function* partLines(all: readonly Part[], page: Page, isGrowing = false): Generator<string> {
  // Beside a tool call many models say "": nothing to see.
  const parts = all.filter((part) => part.type !== "text" || part.text !== "");
  for (const [index, part] of parts.entries()) {
    if (index > 0 && (part.type !== "tool-call" || parts[index - 1]?.type !== "tool-call")) yield "";
    yield* onePart(part, page, isGrowing);
  }
}

function* onePart(part: Part, page: Page, isGrowing: boolean): Generator<string> {
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
      if (isGrowing) yield* labelled("call", `${part.name} ${part.arguments}`, page);
      else
        yield* labelled(
          "call",
          `${part.name} ${page.isLong(part.arguments) ? part.arguments : argumentsText(part.arguments)}${part.id ? ` (${part.id})` : ""}`,
          page,
        );
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
