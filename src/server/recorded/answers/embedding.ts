import { floatText } from "../../../recording/json/number.ts";
import { JsonNumber, type JsonValue } from "../../../recording/json/value.ts";

/**
 * Base64 of little-endian floats of 32 bits, as the SDK reads it (`array("f", …).tolist()`): each is a double then, and
 * printed with a double's digits. Anything else stays as it is.
 */
export function floatsOf(embedding: JsonValue): JsonValue {
  if (typeof embedding !== "string") return embedding;
  const bytes = Buffer.from(embedding, "base64");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from(
    { length: Math.floor(bytes.length / 4) },
    (_, at) => new JsonNumber(floatText(view.getFloat32(at * 4, true))),
  );
}
