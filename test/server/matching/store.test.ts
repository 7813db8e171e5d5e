import fc from "fast-check";
import { expect, it } from "vitest";
import { type Indexed, recordingsOf, StoredRecordings } from "../../../src/server/matching/store.ts";

const HASHES = ["a", "b", "c"].map((letter) => letter.repeat(64));
const BASES = ["https://api.openai.com/v1", "http://localhost:11434"];
const ENDPOINT = "/v1/chat/completions";

/** A recording that differs from others in all that they are found by. */
const made: fc.Arbitrary<Indexed> = fc
  .record({
    folder: fc.constantFrom("a", "b", "c"),
    hash: fc.constantFrom(...HASHES),
    base: fc.constantFrom(...BASES, null),
    request: fc.constantFrom("r", "s", null),
    provider: fc.constantFrom("p", "q", null),
    testId: fc.constantFrom("t", null),
  })
  .map(({ folder, hash, base, request, provider, testId }) => ({
    path: `${folder}/recordings/${hash}.json`,
    head: { kind: "inference", url: base && base + ENDPOINT, tool: provider && "search", testId },
    request,
    provider,
    answer: () => "",
  }));

it("recordings that come one by one are found as if they had been there from the beginning, in the order of paths", () => {
  fc.assert(
    fc.property(fc.array(made, { maxLength: 12 }), fc.nat(12), (all, cut) => {
      const known = new StoredRecordings(all.slice(0, cut));
      for (const one of all.slice(cut)) {
        const before = known.view();
        known.put(one);
        expect(known.view()).not.toBe(before);
      }
      const last = new Map(all.map((one) => [one.path, one]));
      const sorted = [...last.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
      const view = known.view();
      const whole = recordingsOf(sorted);
      for (const hash of HASHES) expect(view.byName(hash)).toEqual(whole.byName(hash));
      const wanted = (has: (one: Indexed) => boolean) => sorted.filter(has).map(({ path }) => path);
      for (const hash of HASHES) {
        expect(view.byName(hash).map(({ path }) => path)).toEqual(wanted(({ path }) => path.includes(hash)));
      }
      expect(view.byRequest("r").map(({ path }) => path)).toEqual(wanted(({ request }) => request === "r"));
      const bases = sorted.flatMap(({ head: { url } }) => (url === null ? [] : [url.slice(0, -ENDPOINT.length)]));
      expect(view.bases(ENDPOINT)).toEqual([...new Set(bases)]);
      const providers = sorted.flatMap(({ provider }) => (provider === null ? [] : [provider]));
      expect(view.providers("search")).toEqual([...new Set(providers)]);
    }),
    { numRuns: 500 },
  );
});

it("what comes does not cost what all the others cost", () => {
  const one = (n: number): Indexed => ({
    path: `tests/recordings/${String(n).padStart(64, "0")}.json`,
    head: { kind: "inference", url: BASES[0] + ENDPOINT, tool: null, testId: null },
    request: null,
    provider: null,
    answer: () => "",
  });
  const began = performance.now();
  const known = new StoredRecordings(Array.from({ length: 10_000 }, (_, n) => one(2 * n)));
  const built = performance.now();
  for (let n = 0; n < 300; n++) known.put(one(2 * n + 1));
  // Built anew each time, it would be 300 times as long.
  expect(performance.now() - built).toBeLessThan(100 * (built - began));
});
