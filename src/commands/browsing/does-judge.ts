import type { Judgement } from "../../tui/state/state.ts";
import { look } from "../prune-look.ts";
import { prunePlan } from "../pruning.ts";
import { refuseHalfDone } from "../recovering.ts";
import type { Does } from "./thread.ts";

/** What `prune` says of each, without any evidence but the sources. Recordings of a test have the same said of them: it is one value, which a thread hands over once. */
export const judge: Does<"judge"> = async ({ args, options }, context) => {
  await refuseHalfDone(context);
  const { judged, plan } = await prunePlan(await look(args, options, context), options, context);
  const going = new Set(plan.remove.map(({ candidate }) => candidate.path));
  const alike = new Map<string, Judgement>();
  return new Map(
    judged.map(({ candidate, verdict, because, evidence }) => {
      const one: Judgement = { verdict, because, evidence, goes: going.has(candidate.path) };
      const key = JSON.stringify(one);
      const known = alike.get(key) ?? one;
      alike.set(key, known);
      return [candidate.path, known];
    }),
  );
};
