import { hash } from "node:crypto";

/** SHA-256 as 64 hex digits; of a text its UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash("sha256", content, "hex");
