import { streamed } from "../../checks/secrets/document.ts";
import { masked } from "../../checks/secrets/mask.ts";
import { dialectFor } from "../../dialects/index.ts";
import { unitsOf } from "../../dialects/units.ts";
import { pathText } from "../../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { recordingFrom } from "../../recording/recording.ts";

type Path = (string | number)[];

/** Where a key that was sent with a request stands in its recording: a line that tells nothing of it; null: nowhere. */
export function echoedIn(root: JsonObject, keys: readonly string[]): string | null {
  if (keys.length === 0) return null;
  const keyIn = (text: string): string | undefined => {
    const plain = unescaped(text);
    return keys.find((key) => text.includes(key) || plain.includes(key));
  };
  const told = (path: Path, key: string): string =>
    `${path.length === 0 ? "the document" : pathText(path)}: a key that was sent ${masked(key)}`;
  const search = (value: JsonValue, path: Path): string | null => {
    if (typeof value === "string") {
      const key = keyIn(value);
      return key === undefined ? null : told(path, key);
    }
    if (value instanceof JsonObject) {
      // Before what lies in it: a path that is told must not hold the key.
      const key = value.keys.map(keyIn).find((one) => one !== undefined);
      if (key !== undefined) return told(path, key);
      return first(value.entries(), (name, member) => search(member, [...path, name]));
    }
    return Array.isArray(value) ? first(value.entries(), (at, item) => search(item, [...path, at])) : null;
  };
  return search(root, []) ?? piecewise(root, keyIn, told);
}

/** In a stream it may come in pieces, none of which holds all of it. */
function piecewise(
  root: JsonObject,
  keyIn: (text: string) => string | undefined,
  told: (path: Path, key: string) => string,
): string | null {
  const recording = recordingFrom(root, "");
  for (const text of streamed(unitsOf(recording, dialectFor(recording.head)))) {
    const key = keyIn(text);
    if (key !== undefined) return told(["response", "body"], key);
  }
  return null;
}

/** Lines of events and arguments of tools are JSON text, in which any character may be escaped; at times twice. */
function unescaped(text: string): string {
  let plain = text;
  for (let turn = 0; turn < 2 && plain.includes("\\"); turn++) {
    plain = plain.replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, code?: string, plainly = "") =>
      code === undefined ? plainly : String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
  return plain;
}

function first<K, V>(entries: Iterable<[K, V]>, look: (key: K, value: V) => string | null): string | null {
  for (const [key, value] of entries) {
    const found = look(key, value);
    if (found !== null) return found;
  }
  return null;
}
