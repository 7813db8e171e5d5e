import type { Head } from "../recording/head.ts";
import { anthropicMessages } from "./anthropic-messages.ts";
import type { Dialect } from "./dialect.ts";
import { geminiInteractions } from "./gemini-interactions.ts";
import { genai } from "./genai.ts";
import { ollama } from "./ollama.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiCompletions } from "./openai-completions.ts";
import { openaiEmbeddings } from "./openai-embeddings.ts";
import { openaiModels } from "./openai-models.ts";
import { openaiResponses } from "./openai-responses.ts";
import { rerank } from "./rerank.ts";
import { tool } from "./tool.ts";
import { unknown } from "./unknown.ts";

/** The table of dialects. The first whose endpoint fits wins, else the first whose type does. */
export const DIALECTS: readonly Dialect[] = [
  openaiChat,
  openaiCompletions,
  ollama,
  openaiEmbeddings,
  openaiModels,
  openaiResponses,
  anthropicMessages,
  geminiInteractions,
  genai,
  tool,
  rerank,
];

/** The dialect that a recording speaks; null for one that no member of the table knows. */
export function dialectOf(head: Pick<Head, "kind" | "endpoint" | "type">): Dialect | null {
  const key = `${head.kind} ${head.endpoint} ${head.type}`;
  let dialect = KNOWN.get(key);
  if (dialect === undefined) {
    dialect = findDialect(head);
    KNOWN.set(key, dialect);
  }
  return dialect;
}

/** What was found before: thousands of recordings share a few endpoints. */
const KNOWN = new Map<string, Dialect | null>();

function findDialect({ kind, endpoint, type: name }: Pick<Head, "kind" | "endpoint" | "type">): Dialect | null {
  if (kind === "tool") return tool;
  const type = name?.slice(name.lastIndexOf(".") + 1);
  return (
    (endpoint !== null && DIALECTS.find((dialect) => dialect.endpoint.test(endpoint))) ||
    (type !== undefined && DIALECTS.find((dialect) => dialect.type?.test(type))) ||
    null
  );
}

/** The dialect of a recording, or the one that shows what no other knows. */
export const dialectFor = (head: Pick<Head, "kind" | "endpoint" | "type">): Dialect => dialectOf(head) ?? unknown;
