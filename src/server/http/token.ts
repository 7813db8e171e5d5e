import { createHash, timingSafeEqual } from "node:crypto";

export const TOKEN_HEADER = "x-recctl-token";

const digest = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** A test whether a text is the token that takes as long whatever the text is: digests are compared, all their bytes. */
export function tokenTest(token: string): (given: string) => boolean {
  const wanted = digest(token);
  return (given) => timingSafeEqual(digest(given), wanted);
}
