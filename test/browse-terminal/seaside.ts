import { join } from "node:path";
import { at, sample } from "../cli/samples.ts";
import { tree } from "../run.ts";

const TIDES = "tests/test_tides.py";
const PORT = "tests/port/test_port.py";
const WATCH = Array.from({ length: 24 }, (_, hour) => `Hour ${hour}: wind ${hour % 7}, sea calm. `);

/** A small tree of recordings, always the same: two files of tests, streams, a failure, every script, a file that is broken. */
export function seaside(): string {
  const files = Object.entries(FILES).map(([path, content]) => [`seaside/${path}`, content]);
  return join(tree(Object.fromEntries(files)), "seaside");
}

const FILES: Readonly<Record<string, string>> = {
  [at("a1")]: sample({ test: `${TIDES}::test_high_water[gpt-4o]`, answered: "High water is at 22:14." }),
  [at("a2")]: sample({ test: `${TIDES}::test_high_water[gpt-4o]`, answered: ["At ", "22:", "14."] }),
  [at("a3")]: sample({ test: `${TIDES}::test_low_water`, asked: "When is low water?", answered: WATCH }),
  [at("a4")]: sample({ test: `${TIDES}::test_fog`, asked: "Is there fog?", answered: ["Yes"], failure: "fog" }),
  [at("b1")]: sample({
    test: `${PORT}::test_names[港]`,
    model: "llama3.2:3b",
    asked: "港の名前は? Wie heißt der Hafen? 👩‍👩‍👧 e\u0301tait là",
    answered: ["横浜 ", "ميناء ", "👨‍👩‍👧‍👦 ", "🇯🇵 ", "Ha\u0308fen ", "नमस्ते ", "✈️ ", "end"],
  }),
  [at("b2")]: sample({ test: `${PORT}::test_ships`, asked: "Which ships?", answered: "Three, all of them small." }),
  [at("b3")]: sample({ test: null, endpoint: "/v1/models", asked: "", answered: "none" }),
  [at("cc")]: "{ this is no recording\n",
};
