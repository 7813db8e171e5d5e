import { expect, it } from "vitest";
import { entryLine } from "../../src/commands/serving/telling.ts";
import { chat, hashOf } from "../compare/why-made.ts";
import { tree } from "../run.ts";
import { entry, missed } from "../usage/journals.ts";
import { BESIDE, CONFIG, type Document, explained, FILE, files, source, testOf } from "./made.ts";

const A = testOf("test_a[txt=m]");
const NEW = testOf("test_new[txt=m]");
const REASON = "why (likely): request changed: differs from 5078ac80 in body.seed";

/** What a server says when its command has ended. */
const lineOf = (name: string, test: string | null): string =>
  `${entryLine(entry({ ...missed(test, name), reason: REASON }))}\n`;

/** What a client library prints of a server's answer. */
const errorOf = (name: string, test: string): string =>
  `E   openai.NotFoundError: Error code: 404 - {'error': {'message': 'recctl has no recording of this request: ${name}\\n  POST /v1/chat/completions (m), ${test}\\n  ${REASON}\\n  to record it:\\n    recctl serve', 'code': None}}\n`;

const made = (log: string): string =>
  tree({
    [FILE]: source("test_a", "test_new"),
    [`${BESIDE.testId}`.split("::")[0] as string]: source("test_one"),
    ...CONFIG,
    ...files({ request: chat(), testId: A }, BESIDE),
    log,
  });

const rows = ({ causes }: Document): unknown[] =>
  causes.flatMap(({ misses }) => misses.map(({ hash, test_id, cause }) => [hash, test_id, cause]));

it("the log of serve and its command tells each miss, once", async () => {
  const [changed, other] = [hashOf(chat({ seed: 2 }), A), hashOf(chat(), NEW)];
  const log = `${errorOf(changed, `test ${A}`)}${lineOf(changed, A)}${lineOf(other, NEW)}recctl serve: 0 hits, 2 misses\n`;
  const said = await explained(made(log), ["log"]);
  expect(rows(said).sort()).toEqual(
    [
      [changed, A, "request changed"],
      [other, NEW, "never recorded"],
    ].sort(),
  );
  // What nothing here shows, the server knew.
  const [miss] = said.causes.flatMap(({ misses }) => misses.filter(({ hash }) => hash === changed));
  expect(miss?.evidence).toContain(`recctl serve said of it: ${REASON}`);
});

it("what a server missed is recorded by a server: by no option of the recorder's pytest", async () => {
  const told = await explained(made(`${lineOf(hashOf(chat({ seed: 2 }), A), A)}`), ["log"]);
  expect(told.causes[0]?.mend).toEqual([[`recctl serve --mode record-if-missing -- pytest '${A}'`]]);
  const other = "test/a.test.ts::a";
  const { causes } = await explained(made(`${lineOf(hashOf(chat({ seed: 2 }), other), other)}`), ["log"]);
  expect(causes[0]?.mend).toEqual([["recctl serve --mode record-if-missing -- COMMAND"]]);
});
