// What a thread of `browse` runs: an entry of the bundle. Each kind of work loads what it needs alone.
import { parentPort, workerData } from "node:worker_threads";
import { processIo } from "../../io.ts";
import type { Context } from "../command.ts";
import { inThread } from "./quiet.ts";
import { errorLine } from "./told.ts";
import type { Kind, Started, Told, Work } from "./work.ts";

/** Does one kind of work. */
export type Does<K extends Kind> = (
  asks: Work[K]["asks"],
  context: Context,
  tell: (part: Work[K]["tells"]) => void,
) => Promise<Work[K]["gives"]>;

const DOES: { [K in Kind]: () => Promise<Does<K>> } = {
  check: async () => (await import("./does-check.ts")).check,
  judge: async () => (await import("./does-judge.ts")).judge,
  search: async () => (await import("./does-search.ts")).search,
  compare: async () => (await import("./does-compare.ts")).compare,
};

async function run<K extends Kind>({ does, asks, cwd, recctl }: Started<K>): Promise<void> {
  const post = (told: Told<K>): void => parentPort?.postMessage(told);
  const io = inThread(processIo());
  try {
    const work = await DOES[does]();
    post({ gives: await work(asks, { io, cwd, recctl, verb: "browse" }, (tells) => post({ tells })) });
  } catch (error) {
    post({ failed: errorLine(error) });
  }
}

await run(workerData as Started);
