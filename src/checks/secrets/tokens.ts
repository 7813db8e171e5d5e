import { decoded, placeholder, unlikely } from "./harmless.ts";
import { alone, type Pattern } from "./pattern.ts";

/** What keys and variables are called that hold a secret, in lower case: `openai_api_key`, `x-api-key`, `hf_token`. */
const NAMES =
  "(?:api[_ -]?key|access[_-]?key|secret[_-]?(?:access[_-]?)?key|client[_-]?secret|account[_-]?key|subscription[_-]?(?:key|token)|(?:api|auth|access|refresh|session|bearer|bot|hf|id|secret|security)[_-]?token|authorization)";

/** From a name to its value: `: `, `=`, with quotes that may be escaped. */
const TO_VALUE = `\\\\?["']?\\s{0,3}[:=]\\s{0,3}\\\\?["']?`;

/** Tokens of signing in and of signed addresses, private keys, and keys that only their names give away. */
export const TOKENS: readonly Pattern[] = [
  {
    id: "private-key",
    title: "private key",
    group: "private-key",
    literals: ["PRIVATE KEY"],
    // RFC 7468: a label, then lines of base64; older files have headers in between. A mere label is no key.
    regexp:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]){0,8}(?:[A-Za-z-]{4,20}: [^\n\\]{1,120}(?:\s|\\[rn]){1,8}){0,4}[A-Za-z0-9+/]{40,}[A-Za-z0-9+/=\s\\]*(?:-----END [A-Z0-9 ]{1,50}-----)?/g,
    harmless: (secret) => new Set(secret.slice(40, 400)).size < 16,
  },
  {
    id: "private-key-id",
    title: "key id of a Google service account",
    group: "key",
    literals: ["private_key_id"],
    // Stands in the JSON of a service account, as docs.cloud.google.com/iam/docs/keys-create-delete shows it.
    regexp: /private_key_id\\?["']\s{0,3}:\s{0,3}\\?["']([0-9a-f]{40})(?![0-9a-f])/g,
    keys: /^private_key_id$/,
    value: /^[0-9a-f]{40}$/,
    harmless: placeholder,
  },
  {
    id: "google-oauth",
    title: "Google OAuth token or client secret",
    group: "token",
    literals: ["ya29.", "GOCSPX-", "1//0"],
    // developers.google.com/identity/protocols/oauth2: access tokens ya29.…, refresh tokens 1//0….
    regexp: alone(["ya29.", "GOCSPX-", "1//0"], "[A-Za-z0-9_.-]{28,}"),
    harmless: placeholder,
  },
  {
    id: "jwt",
    title: "JSON web token",
    group: "jwt",
    literals: ["eyJ"],
    // RFC 7519: header, claims, signature; the header is JSON that names an algorithm.
    regexp: alone(["eyJ"], "[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}(?:\\.[A-Za-z0-9_-]+){0,2}"),
    harmless: (secret) => !/"alg"\s*:/.test(decoded(secret.slice(0, Math.min(secret.indexOf("."), 4096))) ?? ""),
  },
  {
    id: "signed-url",
    title: "signature of a signed url",
    group: "token",
    literals: ["sig=", "-Signature="],
    // Azure's shared access signatures; X-Amz-Signature, X-Goog-Signature: whoever has the url is let in.
    regexp: /[?&;](?:sig|X-(?:Amz|Goog)-Signature)=([A-Za-z0-9%+/_-]{32,1024}={0,2})(?![\w%+/=-])/g,
    harmless: unlikely,
  },
  {
    id: "url-password",
    title: "password in a url",
    group: "token",
    literals: ["@"],
    // RFC 3986, 3.2.1: scheme://user:password@host.
    regexp: /(?<=[a-z0-9]:\/\/)[^\s:/?#@"'<>[\]{}()$\\]{1,64}:([^\s:/?#@"'<>[\]{}()$\\]{3,128})(?=@[A-Za-z0-9[])/g,
    harmless: (secret) =>
      placeholder(`${secret}#0123`) ||
      /^(?:pass|passw(?:or)?d|secret|pw|pwd|postgres|root|admin|guest|x+|\*+)$/i.test(secret),
  },
  {
    id: "cookie",
    title: "cookie of a session",
    group: "token",
    // Only where a header is recorded: `set-cookie: __cf_bm=…; path=/`.
    literals: ["ookie: "],
    regexp:
      /\b(?:Set-Cookie|Cookie|set-cookie|cookie): [A-Za-z0-9_.-]{1,64}=([A-Za-z0-9_.%+/=~-]{16,2048})(?![^\s;,"'\\])/g,
    keys: /^(?:set-)?cookie$/,
    value: /^[A-Za-z0-9_.-]{1,64}=([A-Za-z0-9_.%+/=~-]{16,})(?=;|$)/,
    harmless: unlikely,
  },
  {
    id: "basic",
    title: "user and password of HTTP Basic",
    group: "token",
    literals: ["asic "],
    // RFC 7617: base64 of user:password.
    regexp: /\b[Bb]asic ([A-Za-z0-9+/]{12,512}={0,2})(?![\w+/=-])/g,
    harmless: (secret) => placeholder(secret) || !/^[\x20-\x7e]+:[\x20-\x7e]{3,}$/.test(decoded(secret) ?? ""),
  },
  {
    id: "bearer",
    title: "bearer token",
    group: "token",
    literals: ["earer ", "EARER "],
    // RFC 6750, 2.1.
    regexp: /\bbearer {1,4}([A-Za-z0-9._~+/-]{16,4096}={0,2})(?![\w~+/=-])/gi,
    harmless: unlikely,
    weak: true,
  },
  {
    id: "named",
    title: "value that is named a key or token",
    group: "key",
    literals: ["key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET", "uthorization", "UTHORIZATION"],
    // Mistral, Cohere, Brave, older Azure and Together keys are plain letters and digits.
    regexp: new RegExp(
      `${NAMES}${TO_VALUE}(?:(?:Bearer|Basic|Token|Key) )?([A-Za-z0-9._~+/-]{16,1024}={0,2})(?![\\w~+/=-])`,
      "gi",
    ),
    keys: new RegExp(`(?:^|[^a-z0-9])${NAMES}$|^token$`),
    value: /^(?:(?:Bearer|Basic|Token|Key) )?([A-Za-z0-9._~+/-]{16,4096}={0,2})$/i,
    harmless: unlikely,
    weak: true,
  },
];
