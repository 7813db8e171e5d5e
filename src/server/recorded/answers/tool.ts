import { asObject, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { type JsonStyle, writeJson } from "../../../recording/json/write.ts";
import { dumped, type Printing } from "../models/model.ts";
import { readPython } from "../python/read.ts";
import type { Answering } from "../types.ts";

const RESULT: Printing = {
  extra: false,
  nulls: true,
  models: { ToolInvocationResult: "content error_message error_code metadata" },
};

/** `json.dumps` on one line. */
const DUMPS: JsonStyle = { indent: 0, comma: ", ", colon: ": ", ascii: true };

/** A tool's result as its runtime gives it, or as Tavily's own search does. The recorder keeps no failure of a tool. */
export const tool: Answering = (_call, { status, frames, ended }) => {
  const body = ended === "whole" && status < 400 ? asObject(readPython(frames.join(""))) : undefined;
  if (!body) return { refused: "the recorder keeps no failure of a tool" };
  const result = dumped(body.has("content") ? body : tavily(body), "ToolInvocationResult", RESULT);
  const kept = new JsonObject(["__type__", "__data__"], ["ogx_api.tools.ToolInvocationResult", result]);
  return { response: new JsonObject(["body", "is_streaming"], [kept, false]) };
};

/** https://github.com/ogx-ai/ogx/blob/main/src/ogx/providers/remote/tool_runtime/tavily_search/tavily_search.py */
function tavily(search: JsonObject): JsonValue {
  const kept = new JsonObject(["query", "top_k"], [search.get("query") ?? null, search.get("results") ?? null]);
  return new JsonObject(["content"], [writeJson(kept, DUMPS)]);
}
