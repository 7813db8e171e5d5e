import { join } from "node:path";
import { expect, it } from "vitest";
import { dialectFor } from "../../src/dialects/index.ts";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { hashesOf } from "../../src/recording/names/schemes.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import { framesOf } from "../../src/replay/frames.ts";
import { CORPUS, folderOf } from "../server/matching/folder.ts";
import { tally } from "../server/matching/round.ts";
import { wireOf } from "../server/matching/wire.ts";
import { served } from "./serving.ts";

/** A tree of real recordings whose names are those of today. */
const TREE = CORPUS && join(CORPUS, "2026-05");

const SCHEME = "2026-04-09";

it.skipIf(TREE === null)(
  "every stream of a real tree comes in its recorded frames (RECCTL_CORPUS=FOLDER)",
  async () => {
    const folder = folderOf(TREE as string);
    const { url, end } = await served(["--scheme", SCHEME], { cwd: TREE as string });
    const outcomes: string[] = [];
    for (const one of folder.all) {
      const recording = recordingFrom(one.root, "");
      const wire = wireOf(one.request_);
      if (!wire || !recording.head.streaming || recording.failure) continue;
      const names = hashesOf({ kind: recording.head.kind, request: one.request_, testId: recording.head.testId });
      const today = [...names].filter(([id]) => id.endsWith(SCHEME)).map(([, name]) => name);
      if (!today.includes(one.hash)) continue;
      const provider =
        one.head.testId === null ? {} : { "x-ogx-provider-data": JSON.stringify({ __test_id: one.head.testId }) };
      const ascii = Object.fromEntries(
        Object.entries(provider).map(([name, text]) => [
          name,
          text.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
        ]),
      );
      const response = await fetch(url + wire.target, {
        method: wire.method,
        headers: ascii,
        body: writeJson(wire.body, STRICT),
      });
      const text = await response.text();
      const outcome = response.headers.get("x-recctl-outcome") ?? "";
      if (outcome !== "hit" || response.headers.get("x-recctl-name") !== one.hash) {
        outcomes.push(outcome === "hit" ? "another of the same request on the wire" : outcome);
        continue;
      }
      const wanted = framesOf(recording, dialectFor(recording.head), "wire").map((frame) => frame.text);
      outcomes.push(text === wanted.join("") ? "hit" : `other frames: ${one.path}`);
    }
    await end();
    // Some were asked of two providers, who answered otherwise.
    const { hit = 0, refused = 0, ...others } = tally(outcomes);
    expect(others).toEqual({});
    expect(refused / hit).toBeLessThan(0.05);
  },
);
