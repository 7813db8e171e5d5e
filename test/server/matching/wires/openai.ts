import { asObject, asString, JsonNumber, type JsonValue } from "../../../../src/recording/json/value.ts";
import { put, without } from "../../../../src/server/matching/edits.ts";
import type { Stored, Wires } from "./request.ts";

/** Keyword arguments of the Python library that are no part of the body it sends. */
const TRANSPORT = ["extra_headers", "extra_query", "extra_body", "timeout"];

/** The path that the library asks: endpoints are recorded with `/v1`, which the base url has, too. */
const pathOf = ({ route, base }: Pick<Stored, "route" | "base">): string =>
  `${base.startsWith("/") || base === "" ? "" : "/"}${base}${route.endpoint.replace(/^\/v1/, "")}`;

export const openai: Wires = (stored) => {
  const { route, body } = stored;
  let sent = without(body, ...TRANSPORT);
  for (const [key, value] of asObject(body.get("extra_body"))?.entries() ?? []) sent = put(sent, key, value);
  if (route.id === "openai-embeddings" && !sent.has("encoding_format")) sent = put(sent, "encoding_format", "base64");
  const query = new URLSearchParams(textMembers(body.get("extra_query"))).toString();
  return [
    {
      method: route.method,
      target: pathOf(stored) + (query === "" ? "" : `?${query}`),
      headers: Object.fromEntries(textMembers(body.get("extra_headers"))),
      body: route.method === "GET" ? null : sent,
    },
  ];
};

/** Members as texts; what is neither text nor number has no form in a url or a header that is known. */
function textMembers(value: JsonValue | undefined): [string, string][] {
  return [...(asObject(value)?.entries() ?? [])].flatMap(([key, member]): [string, string][] => {
    const text =
      member instanceof JsonNumber ? member.text : typeof member === "boolean" ? `${member}` : asString(member);
    return text === undefined ? [] : [[key, text]];
  });
}
