import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { namesOf, schemesOf } from "../../recording/names/schemes.ts";
import { asPython } from "./python/read.ts";
import type { AskedCall } from "./types.ts";

type Member = readonly [key: string, value: JsonValue];

/** The members of a stored request, by kind, in the recorder's order. */
const MEMBERS: Readonly<Record<AskedCall["kind"], (call: AskedCall, body: JsonObject) => Member[]>> = {
  inference: (call, body) => [
    ["method", call.method],
    ["url", call.url],
    ["headers", new JsonObject()],
    ["body", body],
    ["endpoint", call.endpoint],
    ["model", body.get("model") ?? ""],
    ...(call.providerMetadata ? [["provider_metadata", call.providerMetadata] as Member] : []),
  ],
  http: (call, body) => [
    ["test_id", call.testId],
    ["url", call.url],
    ["method", call.method],
    ["payload", body],
  ],
  tool: (call, body) => [
    ["test_id", call.testId],
    ["provider", call.provider ?? ""],
    ["tool_name", call.toolName ?? ""],
    ["kwargs", body],
  ],
};

/** A request as the recorder stores it. */
export function requestOf(call: AskedCall): JsonObject {
  const members = MEMBERS[call.kind](call, asPython(call.body) as JsonObject);
  return new JsonObject(
    members.map(([key]) => key),
    members.map(([, value]) => value),
  );
}

/** The hash that names a request, under the scheme in force; undefined for a scheme that is none of its kind. */
export function hashOf(call: AskedCall, request: JsonObject): string | undefined {
  const scheme = call.scheme ?? schemesOf(call.kind).at(-1)?.id ?? "";
  return namesOf({ kind: call.kind, request, testId: call.testId }).hashes.get(scheme);
}
