import type { Plan, PlanStep } from "../mend/settle.ts";
import type { Left } from "../mend/wish.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Report, Screen } from "./report.ts";

/** A plan, and what became of it. */
export interface Planned {
  plan: Plan;
  /** The id of the transaction that did it; null: it was not done. */
  applied: string | null;
  /** The command that does it, or takes it back. */
  next: string;
  /** How many files of each sort people see. */
  each: number;
  /** More for machines, by name. */
  more?: Readonly<Record<string, Jsonable>>;
}

const stepJson = ({ type, path, to, why }: PlanStep): Jsonable => ({ type, path, to, why });
const leftJson = ({ path, why, cause }: Left): Jsonable => ({ type: "left", path, to: null, why, cause });

/** What a command that renames or rewrites would do, or has done. */
export function planReport(planned: Planned): Report {
  const { plan, applied, more } = planned;
  return {
    document: () => ({
      steps: plan.steps.map(stepJson),
      left: plan.left.map(leftJson),
      summary: { ...countsOf(plan), applied },
      ...more,
    }),
    items: () => [...plan.steps.map(stepJson), ...plan.left.map(leftJson)],
    *text(screen) {
      if (!screen.terminal) {
        for (const { type, path, to, why } of plan.steps) yield tsvLine([type, path, to ?? "", why]);
        for (const { path, why } of plan.left) yield tsvLine(["left", path, "", why]);
        return;
      }
      for (const group of grouped(plan.steps, ({ type, why }) => `${type} ${type === "remove" ? "" : why}`)) {
        yield* stepLines(group, planned.each, screen);
      }
      for (const group of grouped(plan.left, ({ cause }) => cause)) yield* leftLines(group, planned.each, screen);
      for (const line of planSummary(planned)) yield* wrapLines(line, screen.columns);
    },
  };
}

/** What it adds up to, and what to type next: for people on a terminal, on stderr for a pipe. */
export function planSummary({ plan, applied, next }: Planned): string[] {
  const { renamed, rewritten, removed, left } = countsOf(plan);
  const parts = [
    renamed > 0 ? countText(renamed, "file") + (applied === null ? " to rename" : " renamed") : "",
    rewritten > 0 ? countText(rewritten, "file") + (applied === null ? " to rewrite" : " rewritten") : "",
    removed > 0 ? `${countText(removed, "copy", "copies")}${applied === null ? " to remove" : " removed"}` : "",
    left > 0 ? `${left.toLocaleString("en-US")} left alone` : "",
  ].filter((part) => part !== "");
  if (plan.steps.length === 0) return [["nothing to do", ...parts].join(" · ")];
  return [parts.join(" · "), `${applied === null ? "nothing is changed yet:" : "to take it back:"} ${next}`];
}

function countsOf({ steps, left }: Plan) {
  const count = (type: PlanStep["type"]): number => steps.filter((step) => step.type === type).length;
  return { renamed: count("rename"), rewritten: count("rewrite"), removed: count("remove"), left: left.length };
}

function* stepLines(steps: readonly PlanStep[], each: number, { columns, paint }: Screen): Generator<string> {
  const [first] = steps as readonly [PlanStep];
  const why = first.type === "remove" ? "the same as another" : first.why;
  const look = first.type === "remove" ? "bad" : "warn";
  yield `${paint(look, first.type)} ${countText(steps.length, "file")} ${paint("faint", forTerminalLine(why))}`;
  for (const { path, to, why: reason, type } of steps.slice(0, each)) {
    yield* wrapLines(`  ${forTerminalLine(path)}`, columns);
    const target = type === "remove" ? reason : to === null ? "" : `→ ${to.slice(to.lastIndexOf("/") + 1)}`;
    if (target !== "") yield* wrapLines(paint("faint", `    ${forTerminalLine(target)}`), columns);
  }
  yield* moreLine(steps.length - each);
}

function* leftLines(left: readonly Left[], each: number, { columns, paint }: Screen): Generator<string> {
  const [first] = left as readonly [Left];
  yield `${paint("heading", "left alone")} ${countText(left.length, "file")} ${paint("faint", forTerminalLine(first.cause))}`;
  for (const { path, why } of left.slice(0, each)) {
    yield* wrapLines(`  ${forTerminalLine(path)}`, columns);
    if (why !== first.cause) yield* wrapLines(paint("faint", `    ${forTerminalLine(why)}`), columns);
  }
  yield* moreLine(left.length - each);
}

function* moreLine(more: number): Generator<string> {
  if (more > 0) yield `  and ${more.toLocaleString("en-US")} more (--all)`;
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(key(item));
    if (known) known.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
