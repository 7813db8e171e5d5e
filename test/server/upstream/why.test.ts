import { expect, it } from "vitest";
import { UpstreamError } from "../../../src/server/upstream/types.ts";
import { upstreamError } from "../../../src/server/upstream/why.ts";

it.each([
  ["ECONNREFUSED", "refused"],
  ["ENOTFOUND", "dns"],
  ["EAI_AGAIN", "dns"],
  ["EHOSTUNREACH", "unreachable"],
  ["ETIMEDOUT", "timeout"],
  ["CERT_HAS_EXPIRED", "tls"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
  ["EPROTO", "tls"],
  ["HPE_HEADER_OVERFLOW", "size"],
  ["HPE_INVALID_CONSTANT", "garbage"],
  ["HPE_UNEXPECTED_CONTENT_LENGTH", "length"],
  ["ECONNRESET", "reset"],
  ["Z_DATA_ERROR", "coding"],
  ["Z_BUF_ERROR", "coding"],
  ["ERR__ERROR_FORMAT_PADDING_1", "coding"],
  ["ERR_PADDING_2", "coding"],
  ["E_NEVER_SEEN", "other"],
])("%s is told as %s", (code, fault) => {
  const error = upstreamError(Object.assign(new Error("raw"), { code }), "h:1");
  expect(error).toBeInstanceOf(UpstreamError);
  expect([error.fault, error.status]).toEqual([fault, fault === "timeout" ? 504 : 502]);
  expect(error.message).toMatch(/^the upstream h:1: /);
});

it("what has no code, or is no error, is told too; what is told already stays", () => {
  expect(upstreamError(new Error("odd"), "h").message).toBe("the upstream h: odd");
  expect(upstreamError("odd", "h").message).toBe("the upstream h: odd");
  expect(upstreamError(null, "h").fault).toBe("other");
  const told = new UpstreamError("size", "s");
  expect(upstreamError(told, "h")).toBe(told);
});

it("what OpenSSL tells is told by its reason", () => {
  const message = (reason: string): string => `write EPROTO 80FC:error:0A00010B:SSL routines:f:${reason}:x.c:350:`;
  const told = (reason: string) => upstreamError(Object.assign(new Error(message(reason)), { code: "EPROTO" }), "h");
  expect(told("wrong version number").message).toBe(
    "the upstream h: it speaks no https, and its URL begins with https://; if it speaks http, name it by http://h (ERR_SSL_WRONG_VERSION_NUMBER)",
  );
  expect(told("no shared cipher")).toMatchObject({
    fault: "tls",
    message: expect.stringContaining("NO_SHARED_CIPHER"),
  });
});
