import { TOKEN_HEADER } from "./token.ts";

/** The headers of a request by name in lower case, repeated ones joined (RFC 9110 5.3). Without a prototype: `constructor` is a legal name. */
export function requestHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] as string).toLowerCase();
    const value = raw[at + 1] as string;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return headers;
}

/** What the handler sees: the token stays here, and a body that was decoded has no coding and no length of before. */
export function handedOn(headers: Readonly<Record<string, string>>, wasDecoded: boolean): Record<string, string> {
  const handed: Record<string, string> = Object.assign(Object.create(null), headers);
  delete handed[TOKEN_HEADER];
  if (wasDecoded) {
    delete handed["content-encoding"];
    delete handed["content-length"];
  }
  return handed;
}

/** Set by the server itself (RFC 9110 7.6.1), or never given: no page gets a permission (CORS) from here. */
const OWN =
  /^(?:connection|keep-alive|transfer-encoding|content-length|upgrade|te|trailer|proxy-.*|access-control-.*)$/;
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** The headers of an answer as they can be sent: names that are none are left out, line ends and controls in values are spaces. */
export function replyHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const clean: Record<string, string> = { "x-content-type-options": "nosniff" };
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (!NAME.test(name) || OWN.test(name)) continue;
    clean[name] = String(value)
      .replace(/[^\t\x20-\x7e\x80-\xff]+/g, " ")
      .trim();
  }
  return clean;
}
