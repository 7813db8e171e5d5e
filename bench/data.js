import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { randomFrom } from "./random.js";
import { SHAPES, SMALL } from "./shapes.js";

/**
 * The trees that are measured: how many files, their mean size, over how many folders. 30,000 files of
 * the usual size would be 870 MB, so theirs are a tenth of it.
 */
export const TREES = {
  300: { files: 300, mean: 29_000, folders: 13, shapes: SHAPES },
  "3,000": { files: 3_000, mean: 29_000, folders: 13, shapes: SHAPES },
  "30,000": { files: 30_000, mean: 2_000, folders: 13, shapes: SHAPES },
  "300,000": { files: 300_000, mean: 900, folders: 300, shapes: [SMALL] },
};

/** No recording is larger: real ones end near it. */
const LARGEST = 1_000_000;
/** How many recordings one test has, where the tree does not say. */
const PER_TEST = 5;
/** The index reads a file again that is younger than this when it looks (src/store/stamp.ts). */
const NOT_RACY = 150;

/**
 * Writes a tree of recordings below `dir`, the same one each time.
 * @returns how many `files` and `bytes`, and a `sample`: the id of a streamed recording of middling size
 */
export async function makeTree(dir, { files, mean, folders, shapes, perTest = PER_TEST }, signal) {
  const random = randomFrom(files);
  const places = Array.from({ length: folders }, (_, at) => `tests/integration/suite_${String(at).padStart(3, "0")}`);
  for (const place of places) mkdirSync(join(dir, place, "recordings"), { recursive: true });
  let bytes = 0;
  let sample = "";
  for (let at = 0; at < files; at++) {
    if (at % 200 === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    const place = places[Math.floor(at / perTest) % folders];
    const hash = sha256(`${files} ${at}`);
    const shape = shapeAt(shapes, random.next());
    const size = Math.min(LARGEST, random.skewed(shape.size * mean, shape.sigma));
    const built = shape.build({ testId: testIdOf(place, Math.floor(at / perTest)), hash, random }, size);
    const named = nameOf(built, at);
    const name = named.list ? `models-${named.hash}-${named.list}` : named.hash;
    const text = pythonText(built).replaceAll(`rec-${hash.slice(0, 12)}`, `rec-${named.hash.slice(0, 12)}`);
    writeFileSync(join(dir, place, "recordings", `${name}.json`), text);
    bytes += text.length;
    if (shape === shapes[0] && at >= files / 2 && sample === "") sample = name;
  }
  await setTimeout(NOT_RACY);
  return { dir, files, bytes, sample };
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/**
 * What a recorder would name a document (there is nothing in these that it would normalise), and for a list of models
 * their digest. `at` makes the request one of its own.
 */
function nameOf({ test_id, request, response }, at) {
  const { method, url, body, payload, tool_name, provider, kwargs } = request;
  if (request.endpoint === "/v1/models") {
    const ids = response.body.map((model) => model.__data__.id);
    const list = sha256([...new Set(ids)].sort().join("|")).slice(0, 8);
    return { hash: hashOf({ method, endpoint: new URL(url).pathname, body, test_id: null }), list };
  }
  (body ?? payload ?? kwargs).seed = at;
  if (body) return { hash: hashOf({ method, endpoint: new URL(url).pathname, body, test_id }) };
  return { hash: hashOf(payload ? { method, url, payload, test_id } : { tool_name, provider, kwargs }) };
}

export const hashOf = (asked) => sha256(sortedText(asked));

/** `json.dumps(value, sort_keys=True)` of values without floats. */
function sortedText(value) {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${sortedText(key)}: ${sortedText(value[key])}`).join(", ")}}`;
}

/** The shape in whose share of the whole `at` (from 0 to 1) lies. */
function shapeAt(shapes, at) {
  let end = 0;
  for (const shape of shapes) {
    end += shape.share;
    if (at < end) return shape;
  }
  return shapes[0];
}

const testIdOf = (place, number) =>
  `${place}/test_part_${number % 7}.py::TestSuite::test_case_${number}[client_with_models-txt=bench/model-${number % 4}]`;

/** `json.dump(document, indent=2)` and a newline, as the recorder writes it: ASCII, other characters escaped. */
export const pythonText = (document) => `${JSON.stringify(document, null, 2).replace(/[\u007f-\uffff]/g, escaped)}\n`;

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
