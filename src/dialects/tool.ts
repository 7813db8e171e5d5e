import { asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect } from "./dialect.ts";
import { type Piece, toolCall } from "./message.ts";
import { asText, compact, contentParts, dataWire, otherPart } from "./shared.ts";

function resultPieces(body: JsonValue): Piece[] {
  const result = asObject(body);
  const content = contentParts(result?.get("content"), (part) =>
    part.get("type") === "text" ? [{ type: "text", text: asText(part.get("text")) }] : [otherPart(part)],
  );
  const error = result?.get("error_message") ?? null;
  return [
    ...content.map((part): Piece => {
      if (part.type === "text") return { type: "text", choice: 0, text: part.text };
      return { type: "item", label: part.type, text: part.type === "other" ? compact(part.value) : "" };
    }),
    ...(error === null ? [] : [{ type: "error", text: asText(error) } as Piece]),
  ];
}

/** What was invoked, as the tool call that it is. */
function callOf(kwargs: JsonObject, name: string): ReturnType<typeof toolCall> {
  return toolCall(null, name, compact(kwargs));
}

/** An invocation of a tool (web search and the like) by the recorder's own tool runtime. */
export const tool: Dialect = {
  id: "tool",
  title: "tool invocations",
  // A tool is asked by name, not under a path: the kind decides.
  endpoint: /^\/tool-runtime\/invoke$/,
  type: /^ToolInvocationResult$/,
  ask(request) {
    const kwargs = asObject(request.get("kwargs"));
    const name = asString(request.get("tool_name")) ?? "tool";
    return {
      turns: [{ role: "call", parts: kwargs ? [callOf(kwargs, name)] : [] }],
      tools: [],
      parameters: [...request.entries()].filter(([key]) => key === "provider"),
    };
  },
  chunk: resultPieces,
  body: resultPieces,
  wire: dataWire(""),
};
