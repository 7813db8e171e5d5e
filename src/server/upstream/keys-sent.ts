import { asObject, asString, type JsonValue } from "../../recording/json/value.ts";
import { isDummyKey } from "./dummy.ts";
import { KEY_HEADERS } from "./keys.ts";

/** Names of headers and of members of a query or a body that hold keys, besides those that are known by name. */
const NAMES = /authorization|api[-_]?key|subscription[-_]key|(?:access|auth|api|security|session)[-_]?token|secret/i;
const QUERY = /^(?:key|token|sig|signature)$/i;

/** A shorter one stands in any text by chance. */
const SHORTEST = 8;

/** The keys that are sent with a request, each as it could come back: an upstream may say in its answer what it was sent. */
export function keysSent(headers: Readonly<Record<string, string>>, query: string, body: JsonValue = null): string[] {
  const found = new Set<string>();
  const take = (key: string): void => {
    if (key.length >= SHORTEST && !isDummyKey(key)) found.add(key);
  };
  for (const [name, value] of Object.entries(headers)) {
    if (!KEY_HEADERS.includes(name) && !NAMES.test(name)) continue;
    // Behind the scheme of RFC 9110 11.4: `Bearer KEY`.
    const [, scheme = "", key = ""] = /^(?:([!#$%&'*+.^_`|~\w-]+)\s+)?(.*)$/s.exec(value.trim()) ?? [];
    take(key);
    if (scheme.toLowerCase() === "basic")
      take(
        Buffer.from(key, "base64")
          .toString()
          .replace(/^[^:]*:/s, ""),
      );
  }
  for (const part of query.split("&")) {
    for (const [name, value] of new URLSearchParams(part)) {
      if (!QUERY.test(name) && !NAMES.test(name)) continue;
      take(value);
      take(part.slice(part.indexOf("=") + 1));
    }
  }
  for (const [name, value] of asObject(body)?.entries() ?? []) {
    if (NAMES.test(name)) take(asString(value) ?? "");
  }
  return [...found];
}
