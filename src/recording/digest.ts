import { createHash, hash } from "node:crypto";

/** SHA-256 as 64 hex digits; of a text its UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash("sha256", content, "hex");

/** What git calls a file with these bytes, as so many hex digits: 40 of SHA-1, or 64 of SHA-256. */
export const blobDigest = (bytes: Uint8Array, digits: number): string =>
  createHash(digits === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
