import { JsonNumber, JsonObject } from "../../../recording/json/value.ts";
import { splitLines } from "../python/lines.ts";
import { readPython } from "../python/read.ts";
import type { Answered, Answering, Stored } from "../types.ts";

/** Messages and Interactions, whose stream is kept line by line; the recorder sees no failure but a status. */
export const http: Answering = (call, answered) => {
  if (answered.ended === "broken") return { refused: "the recorder would keep what broke off as if it were whole" };
  return call.body.get("stream") === true ? lines(answered) : json(answered);
};

/** Rerank: never a stream. */
export const rerank: Answering = (_call, answered) =>
  answered.ended === "broken" ? { refused: "the answer broke off" } : json(answered);

function lines({ status, streamed, frames }: Answered): Stored {
  if (status >= 400 || !streamed) return { refused: "the recorder keeps no failure of a stream that never began" };
  const recorded = splitLines(frames.join(""));
  if (recorded.length === 0) return { refused: "the recorder keeps no stream without lines" };
  return { response: new JsonObject(["body", "is_streaming"], [recorded, true]) };
}

function json({ status, frames }: Answered): Stored {
  const body = readPython(frames.join(""));
  if (body === undefined) return { refused: "the answer is no JSON" };
  const keys = ["status", "body", "is_streaming"];
  return { response: new JsonObject(keys, [new JsonNumber(String(status)), body, false]) };
}
