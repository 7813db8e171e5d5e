import { UpstreamError, type UpstreamFault } from "./types.ts";

const EXTRA_CA = "if you trust it, start again with NODE_EXTRA_CA_CERTS=FILE, which holds the one that signed it (PEM)";

/** What node says where the other side ends a handshake, under the code of any connection that is closed. */
const NO_HANDSHAKE = "ERR_TLS_DISCONNECTED";

/** What node's codes mean, for people. The first that fits; WHERE is the upstream's host and port. */
const WHY: readonly (readonly [code: RegExp, fault: UpstreamFault, text: string])[] = [
  [/^ECONNREFUSED$/, "refused", "nothing listens there"],
  [/^(ENOTFOUND|EAI_.*|ENODATA)$/, "dns", "its name is not known"],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, "unreachable", "there is no way to it"],
  [/^ETIMEDOUT$/, "timeout", "it could not be connected to in time"],
  [/^CERT_HAS_EXPIRED$/, "tls", "its certificate has expired; renew it there, or set this machine's clock"],
  [/^CERT_NOT_YET_VALID$/, "tls", "its certificate is not valid yet; set this machine's clock, or wait"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "tls",
    "its certificate is for another host; name the upstream by a host that stands in the certificate",
  ],
  [/^DEPTH_ZERO_SELF_SIGNED/, "tls", `its certificate is self-signed; ${EXTRA_CA}`],
  [/^SELF_SIGNED/, "tls", `its certificate is signed by an authority of its own; ${EXTRA_CA}`],
  [/UNABLE_TO|^CERT_|ISSUER/, "tls", `its certificate is not trusted; ${EXTRA_CA}`],
  [
    /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/,
    "tls",
    "it speaks no https, and its URL begins with https://; if it speaks http, name it by http://WHERE",
  ],
  [
    new RegExp(`^${NO_HANDSHAKE}$`),
    "reset",
    "it closed the connection when https was begun; if it speaks http, name it by http://WHERE",
  ],
  [/^(ERR_TLS.*|ERR_SSL.*|EPROTO)$/, "tls", "it does not speak TLS as https needs it"],
  [/^HPE_HEADER_OVERFLOW$/, "size", "its headers are too large"],
  [/^(HPE_UNEXPECTED_CONTENT_LENGTH|HPE_INVALID_CONTENT_LENGTH)$/, "length", "it tells a length that cannot be"],
  [/^HPE_/, "garbage", "what it sent is no HTTP/1.1"],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/, "reset", "it closed the connection early"],
  [/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_.*PADDING)/, "coding", "what it sent is not in the coding that it told"],
  [
    /^ERR_(INVALID_CHAR|UNESCAPED_CHARACTERS|INVALID_HTTP_TOKEN|INVALID_URL)$/,
    "url",
    "it cannot be asked in this form",
  ],
];

/** What OpenSSL tells has one code for all, and the reason in its message: `error:0A00010B:SSL routines:where:wrong version number:…`. */
function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === "ECONNRESET" && /before secure TLS connection/.test(String(message))) return NO_HANDSHAKE;
  const [, reason] = (code === "EPROTO" && /:SSL routines:[^:]*:([^:]+):/.exec(String(message))) || [];
  return reason === undefined ? String(code ?? "") : `ERR_SSL_${reason.toUpperCase().replaceAll(" ", "_")}`;
}

/** What went wrong with an upstream, in words. `where` is its host and port, `what` it is. */
export function upstreamError(error: unknown, where: string, what = "upstream"): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const code = codeOf(error);
  const known = WHY.find(([pattern]) => pattern.test(code));
  if (known) {
    const [, fault, text] = known;
    return new UpstreamError(fault, `the ${what} ${where}: ${text.replace("WHERE", where)} (${code})`);
  }
  return new UpstreamError("other", `the ${what} ${where}: ${error instanceof Error ? error.message : String(error)}`);
}
