import { expect, it } from "vitest";
import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonObject } from "../../../src/recording/json/value.ts";
import { recordingFrom } from "../../../src/recording/recording.ts";
import { peekOf } from "../../../src/tui/state/body.ts";

const opening = (...messages: readonly object[]): string => {
  const body = { model: "small-1", messages };
  const request = { method: "POST", url: "http://x/v1/chat/completions", headers: {}, body };
  const document = { test_id: null, request: { ...request, endpoint: "/v1/chat/completions", model: "small-1" } };
  const response = { body: { choices: [] }, is_streaming: false };
  return peekOf(recordingFrom(parseJson(JSON.stringify({ ...document, response })) as JsonObject, "")).opening;
};
const result = (content: string) => ({ role: "tool", tool_call_id: "c", content });

it.each([
  ["a short result", [result("-100")], "tool: -100"],
  [
    "a long one",
    [result("It rains in Lisbon until noon, then it is dry.")],
    "It rains in Lisbon until noon, then it is dry.",
  ],
  ["a short question", [{ role: "user", content: "-100" }], "-100"],
  ["nothing", [{ role: "user", content: "" }], ""],
])("a request opens with %s", (_, messages, says) => {
  expect(opening({ role: "user", content: "How cold?" }, ...messages)).toBe(says);
});
