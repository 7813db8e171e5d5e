import { isLoopbackHost, isLoopbackOrigin } from "./loopback.ts";
import { Refusal } from "./refusal.ts";
import { TOKEN_HEADER } from "./token.ts";

/** What is known of a request before its body is read. */
export interface Knock {
  method: string;
  headers: Readonly<Record<string, string>>;
  /** Header lines. */
  headerCount: number;
  /** Host header lines. */
  hosts: number;
  /** Of HTTP/1.0, which had no Host. */
  isOld: boolean;
  /** Host and port of a target that was a whole URL. */
  authority: string | null;
}

export interface House {
  /** Null: no token is asked for. */
  isToken: ((given: string) => boolean) | null;
  headerCount: number;
}

type Rule = readonly [status: number, refuses: (knock: Knock, house: House) => boolean, message: string];

/** In this order: what is told of the house must be told to those only who may know. */
const RULES: readonly Rule[] = [
  [431, ({ headerCount }, house) => headerCount > house.headerCount, "the request has too many headers"],
  // RFC 9112 3.2: two would be read differently by whatever stands between.
  [400, ({ hosts }) => hosts > 1, "the request has more than one Host header"],
  [400, ({ hosts, isOld }) => hosts === 0 && !isOld, "the request has no Host header"],
  [
    403,
    ({ headers, authority }, { isToken }) =>
      !isToken && ![headers.host ?? "", authority ?? headers.host ?? ""].every(isLoopbackHost),
    "the Host of the request is no loopback name: ask for localhost or 127.0.0.1, or start the server with --token",
  ],
  [
    403,
    ({ headers }) => headers.origin !== undefined && !isLoopbackOrigin(headers.origin),
    "the request comes from a web page of another host",
  ],
  [
    403,
    ({ headers }) => headers["sec-fetch-site"]?.toLowerCase() === "cross-site",
    "the request comes from a web page of another site",
  ],
  [
    401,
    ({ headers }, { isToken }) => isToken !== null && !isToken(headers[TOKEN_HEADER] ?? ""),
    "the request needs the server's token in the header X-Recctl-Token",
  ],
  [
    403,
    ({ method, headers }) => method === "OPTIONS" && headers["access-control-request-method"] !== undefined,
    "web pages get no permission here",
  ],
  // Clients that would like HTTP/2 (java.net.http does by default) ask with h2c and are content with HTTP/1.1.
  [
    501,
    ({ headers }) => headers.upgrade !== undefined && !/^h2c$/i.test(headers.upgrade.trim()),
    "the server speaks HTTP/1.1 alone, no other protocol",
  ],
  // RFC 9112 6.1
  [
    501,
    ({ headers }) => !/^(?:chunked)?$/i.test(headers["transfer-encoding"]?.trim() ?? ""),
    "the server knows no transfer coding but chunked",
  ],
  [
    417,
    ({ headers }) => !/^(?:100-continue)?$/i.test(headers.expect?.trim() ?? ""),
    "the server knows no expectation but 100-continue",
  ],
];

/** @throws Refusal where the request is not let in */
export function admit(knock: Knock, house: House): void {
  for (const [status, refuses, message] of RULES) {
    if (refuses(knock, house)) throw new Refusal(status, message);
  }
}
