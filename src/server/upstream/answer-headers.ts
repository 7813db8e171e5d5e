/**
 * Of an answer's headers, those that concern this connection (RFC 9110 7.6.1), its coding and length (the text is given
 * decoded), and what would bind a client to the upstream: cookies, other addresses (RFC 7838), permissions for pages.
 */
const DROPPED =
  /^(?:connection|keep-alive|transfer-encoding|te|trailer|upgrade|proxy-.*|content-encoding|content-length|set-cookie|set-cookie2|alt-svc|strict-transport-security|access-control-.*|clear-site-data|nel|report-to|reporting-endpoints)$/;

/** What is passed on of an answer's headers; `raw` is name, value, name, value. */
export function answerHeaders(raw: readonly string[]): Record<string, string> {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) lines.push([(raw[at] as string).toLowerCase(), raw[at + 1] as string]);
  // RFC 9110 7.6.1: what Connection names concerns the connection too.
  const named = new Set(
    lines.filter(([name]) => name === "connection").flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/)),
  );
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of lines) {
    if (DROPPED.test(name) || named.has(name)) continue;
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** Not kept of an answer: cookies, which are somebody's, and what another recctl said that the API answered by way of. */
const NOT_SENT = /^(?:set-cookie2?|x-recctl-.*)$/;

/** The headers of an answer as they came, but for NOT_SENT; of a repeated one the values are joined. */
export function sentHeaders(raw: readonly string[]): Record<string, string> {
  const headers = new Map<string, [name: string, value: string]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [raw[at] as string, raw[at + 1] as string];
    const key = name.toLowerCase();
    if (NOT_SENT.test(key)) continue;
    const before = headers.get(key);
    headers.set(key, before ? [before[0], `${before[1]}, ${value}`] : [name, value]);
  }
  return Object.fromEntries(headers.values());
}
