import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dialectFor } from "../src/dialects/index.ts";
import type { Recording } from "../src/recording/recording.ts";
import { openRecordings } from "../src/store/open.ts";
import { ROOT } from "./run.ts";

const open = openRecordings({ cwd: ROOT });

/** A recording of the project's own tree, by the beginning of its name. */
export function demo(name: string): Recording {
  const found = DEMO.filter(({ file }) => file.startsWith(name));
  if (found.length !== 1) throw new Error(`${found.length} recordings begin with ${name}`);
  return (found[0] as (typeof DEMO)[number]).recording;
}

/** The project's own recordings, every one. */
export const DEMO = readdirSync(join(ROOT, "recordings"))
  .sort()
  .map((file) => {
    const recording = open(`recordings/${file}`);
    if ("message" in recording) throw new Error(`${file}: ${recording.message}`);
    return { file, recording, dialect: dialectFor(recording.head) };
  });
