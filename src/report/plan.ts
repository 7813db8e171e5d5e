import type { Plan, PlanStep } from "../mend/settle.ts";
import type { Left } from "../mend/wish.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { wrapLines } from "../text/wrap.ts";
import { byFolder, called, folderOf } from "./places.ts";
import type { Report, Screen } from "./report.ts";

/** A plan, and what became of it. */
export interface Planned {
  plan: Plan;
  /** How many files were looked at. */
  files: number;
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
const leftJson = ({ path, to, why, cause }: Left): Jsonable => ({ type: "left", path, to: to ?? null, why, cause });

/** What a command that renames or rewrites would do, or has done. */
export function planReport(planned: Planned): Report {
  const { plan, files, applied, more } = planned;
  return {
    document: () => ({
      steps: plan.steps.map(stepJson),
      left: plan.left.map(leftJson),
      summary: { files, ...countsOf(plan), applied },
      ...more,
    }),
    items: () => [...plan.steps.map(stepJson), ...plan.left.map(leftJson)],
    *text(screen) {
      if (!screen.terminal) {
        for (const { type, path, to, why } of plan.steps) yield tsvLine([type, path, to ?? "", why]);
        for (const { path, to, why } of plan.left) yield tsvLine(["left", path, to ?? "", why]);
        return;
      }
      for (const group of grouped(plan.steps, ({ type, why }) => `${type} ${type === "remove" ? "" : why}`)) {
        yield* stepLines(group, planned.each, screen);
      }
      for (const group of grouped(plan.left, ({ cause }) => cause)) yield* leftLines(group, planned.each, screen);
      yield* planSummary(planned);
    },
  };
}

/** What it adds up to, and what to type next: for people on a terminal, on stderr for a pipe. */
export function planSummary({ plan, files, applied, next }: Planned): string[] {
  const { renamed, rewritten, removed, left } = countsOf(plan);
  const parts = [
    renamed > 0 ? countText(renamed, "file") + (applied === null ? " to rename" : " renamed") : "",
    rewritten > 0 ? countText(rewritten, "file") + (applied === null ? " to rewrite" : " rewritten") : "",
    removed > 0 ? `${countText(removed, "copy", "copies")}${applied === null ? " to remove" : " removed"}` : "",
    left > 0 ? `${left.toLocaleString("en-US")} left alone` : "",
  ].filter((part) => part !== "");
  if (plan.steps.length === 0) return [[`nothing to do in ${countText(files, "file")}`, ...parts].join(" · ")];
  // A line of its own, never broken: it is pasted.
  return [parts.join(" · "), applied === null ? "nothing is changed yet; to do it:" : "to take it back:", `  ${next}`];
}

function countsOf({ steps, left }: Plan) {
  const count = (type: PlanStep["type"]): number => steps.filter((step) => step.type === type).length;
  return { renamed: count("rename"), rewritten: count("rewrite"), removed: count("remove"), left: left.length };
}

function* stepLines(steps: readonly PlanStep[], each: number, screen: Screen): Generator<string> {
  const [{ type, why }] = steps as readonly [PlanStep];
  const same = type === "remove";
  const head = screen.paint(same ? "bad" : "warn", type);
  yield `${head} ${countText(steps.length, "file")}: ${forTerminalLine(same ? "the same as another" : why)}`;
  const shown = steps.slice(0, each).map(({ path, to }) => ({
    folder: folderOf(path),
    line: to === null ? called(path) : `${called(path)} ${same ? "=" : "→"} ${called(to)}`,
  }));
  yield* byFolder(shown, screen);
  yield* moreLine(steps.length - each);
}

function* leftLines(left: readonly Left[], each: number, screen: Screen): Generator<string> {
  const [first] = left as readonly [Left];
  const alike = left.every(({ why }) => why === first.why);
  const head = screen.paint("heading", "left alone");
  yield* wrapLines(
    `${head} ${countText(left.length, "file")}: ${forTerminalLine(alike ? first.why : first.cause)}`,
    screen.columns,
  );
  const rivals = grouped(left, ({ path, to }) => to ?? path);
  let more = left.length;
  const shown = rivals.slice(0, each).flatMap((some) => {
    more -= some.length;
    const [{ path, to, why }] = some as [Left];
    const names = some.map((one) => called(one.path)).join(", ");
    const reason = to !== undefined ? ` → ${called(to)}` : alike ? "" : `: ${why}`;
    return [{ folder: folderOf(path), line: names + reason }];
  });
  yield* byFolder(shown, screen);
  yield* moreLine(more);
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
