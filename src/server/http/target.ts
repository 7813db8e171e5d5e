import { Refusal } from "./refusal.ts";

export interface Target {
  /** Decoded; "*" for the whole server (RFC 9112 3.2.4). */
  path: string;
  /** As it came. */
  query: string;
  /** Host and port, where the target was a whole URL; it then counts, and the Host header must agree with the rules too. */
  authority: string | null;
}

const bad = (message: string): Refusal => new Refusal(400, message);

/**
 * Reads a request target: /path?query, or http://host/path?query as proxies are asked (RFC 9112 3.2.1, 3.2.2).
 * @throws Refusal where it is no target, does not decode, or tries to climb
 */
export function targetOf(raw: string): Target {
  // RFC 3986 2: a URI is printable ASCII. Anything else in it was not encoded, and means one thing here and another there.
  if (!/^[\x21-\x7e]+$/.test(raw) || /[#\\]/.test(raw))
    throw bad("the request target holds what is not allowed in a URL");
  if (raw === "*") return { path: "*", query: "", authority: null };
  const whole = /^https?:\/\/([^/?@]+)(.*)$/i.exec(raw);
  const authority = whole ? (whole[1] as string) : null;
  const rest = whole ? (whole[2] as string).replace(/^(?=\?|$)/, "/") : raw;
  if (!rest.startsWith("/")) throw bad("the request target is neither a path nor an http URL");
  const mark = rest.indexOf("?");
  const path = decoded(mark < 0 ? rest : rest.slice(0, mark));
  return { path, query: mark < 0 ? "" : rest.slice(mark + 1), authority };
}

/** A target as it came, without what may name a user or a key. */
export const targetTold = (raw: string): string =>
  raw
    .replace(/^[a-z]+:\/\/[^/?#]*/i, "")
    .replace(/^[^/?#]*@/, "")
    .replace(/[?#].*$/s, "");

/**
 * What a request asked for that could not be read, as far as the first line of its bytes tells.
 * @param packet bytes that begin with the request
 */
export function askedFirst(packet: Uint8Array | undefined): { method: string; path: string } {
  const line = Buffer.from(packet ?? []).toString("latin1");
  const [, method = "", raw = ""] = /^([\w-]{1,40}) ((?:\/|\*|https?:\/\/)[\x21-\x7e]*)/.exec(line) ?? [];
  return { method, path: targetTold(raw) };
}

/** %2F becomes a slash (clients encode model ids like openai/gpt-4o so), hence dot segments are looked for afterwards. */
function decoded(path: string): string {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    throw bad("the path has a %-encoding that does not decode");
  }
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw bad("the path holds control characters");
  if (/(?:^|[\\/])\.\.?(?:[\\/]|$)/.test(text)) throw bad("the path holds . or .. as a segment");
  return text;
}
