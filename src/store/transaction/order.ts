import type { Step } from "./change.ts";

/** Why steps cannot be one change, and the file that shows it. */
export interface Knot {
  fact: string;
  path: string;
}

/**
 * The steps in an order in which every new name is free when its turn comes, or why there is none.
 * Which names are free on the disk is not looked at here.
 */
export function ordered(steps: readonly Step[]): Step[] | Knot {
  const sources = new Map<string, Step>();
  const targets = new Set<string>();
  for (const step of steps) {
    if (sources.has(step.path)) return { fact: "a file would be changed twice", path: step.path };
    sources.set(step.path, step);
    if (step.type !== "rename") continue;
    if (targets.has(step.to)) return { fact: "two files would get the same name", path: step.to };
    targets.add(step.to);
  }
  const done = new Set<Step>();
  const order: Step[] = [];
  for (const first of steps) {
    // A step waits for at most one other: the one that frees its name.
    const waiting: Step[] = [];
    const inLine = new Set<Step>();
    for (let step: Step | undefined = first; step && !done.has(step); step = frees(step, sources)) {
      if (inLine.has(step)) return { fact: "files would swap their names in a circle", path: step.path };
      waiting.push(step);
      inLine.add(step);
      const before = frees(step, sources);
      if (before?.type === "rewrite") return { fact: "two files would get the same name", path: before.path };
    }
    for (const step of waiting.reverse()) {
      done.add(step);
      order.push(step);
    }
  }
  return order;
}

/** The step whose file has the name that this one needs. */
const frees = (step: Step, sources: ReadonlyMap<string, Step>): Step | undefined =>
  step.type === "rename" ? sources.get(step.to) : undefined;
