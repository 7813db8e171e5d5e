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
/** How many recordings one test has. */
const PER_TEST = 5;
/** The index reads a file again that is younger than this when it looks (src/store/stamp.ts). */
const NOT_RACY = 150;

/**
 * Writes a tree of recordings below `dir`, the same one each time.
 * @returns how many `files` and `bytes`, and a `sample`: the id of a streamed recording of middling size
 */
export async function makeTree(dir, { files, mean, folders, shapes }, signal) {
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
    const place = places[Math.floor(at / PER_TEST) % folders];
    const hash = sha256(`${files} ${at}`);
    const shape = shapeAt(shapes, random.next());
    const size = Math.min(LARGEST, random.skewed(shape.size * mean, shape.sigma));
    const text = pythonText(shape.build({ testId: testIdOf(place, Math.floor(at / PER_TEST)), hash, random }, size));
    const list = text.includes('"endpoint": "/v1/models"');
    const name = list ? `models-${hash}-${sha256(text).slice(0, 8)}` : hash;
    writeFileSync(join(dir, place, "recordings", `${name}.json`), text);
    bytes += text.length;
    if (shape === shapes[0] && at >= files / 2 && sample === "") sample = name;
  }
  await setTimeout(NOT_RACY);
  return { dir, files, bytes, sample };
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

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
const pythonText = (document) => `${JSON.stringify(document, null, 2).replace(/[\u007f-\uffff]/g, escaped)}\n`;

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
