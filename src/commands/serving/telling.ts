import { brokenNote } from "../../listing/broken-note.ts";
import type { Broken } from "../../listing/entry.ts";
import { shortId } from "../../recording/name.ts";
import { refusalIn } from "../../server/serve/refusals.ts";
import type { JournalEntry, Serving } from "../../server/serve/types.ts";
import { countText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";

/** How many lines of a sort are told when a command has ended. */
const EACH = 20;

/** How many broken files are told at the start. */
const FIRST = 5;

/** What `ls` tells of files that cannot be read: the first of them, and how many there are. */
export function brokenNotes(broken: readonly Broken[], recctl: string): string[] {
  const more = broken.length - FIRST;
  const rest = more > 0 ? [`and ${countText(more, "more broken file")} (${recctl} ls)`] : [];
  return [...broken.slice(0, FIRST).map(brokenNote), ...rest];
}

/** A line of what a request came to, for people. */
export function entryLine({
  outcome,
  name,
  method,
  endpoint,
  model,
  status,
  test_id,
  path,
  reason,
  failure,
}: JournalEntry): string {
  if (outcome === "miss") {
    // Whole: a log is often all that is left of a run, and `why` looks it up.
    const hash = name === null ? "" : `name ${name}`;
    const parts = [`miss ${method} ${endpoint}`, model ?? "", test_id ?? "no test id", hash, reason ?? ""];
    return forTerminalLine(parts.filter((part) => part !== "").join("  "));
  }
  const kind = (outcome === "refused" && refusalIn(reason ?? "")) || "";
  const what = [method, endpoint, model].filter((one) => one !== null && one !== "").join(" ");
  const told = outcome === "refused" ? ` ${status}` : failure ? ` ${status} !` : "";
  const of = test_id === null ? "" : `  ${test_id}`;
  const where = outcome === "recorded" && path !== null ? `  -> ${path}` : "";
  const more = kind === "" ? reason : reason?.slice(kind.length + 2);
  const why = more === undefined ? "" : `\n  ${forTerminalLine(more)}`;
  return (
    forTerminalLine(
      `${outcome.padEnd(8)} ${kind === "" ? "" : `${kind}  `}${name === null ? "-" : shortId(name)}${told}  ${what}${of}${where}`,
    ) + why
  );
}

/** `12 hits, 1 miss, 3 recorded, 1 of them a failure` */
export function countsLine({
  counts,
  forgotten,
  failures,
}: Pick<Serving, "counts" | "forgotten" | "failures">): string {
  const { hit, miss, recorded, live, refused, aborted } = counts;
  const parts = [countText(hit, "hit"), countText(miss, "miss", "misses")];
  if (recorded > 0) parts.push(`${recorded} recorded`);
  if (failures > 0) parts.push(`${failures} of them ${failures === 1 ? "a failure" : "failures"}`);
  if (live > 0) parts.push(`${live} live`);
  if (refused > 0) parts.push(`${refused} refused`);
  if (aborted > 0) parts.push(`${aborted} aborted by the client`);
  const before = Object.entries(forgotten).flatMap(([outcome, count]) => (count > 0 ? [`${outcome} ${count}`] : []));
  return `recctl serve: ${parts.join(", ")}${before.length > 0 ? `; before a reset: ${before.join(", ")}` : ""}`;
}

/** Keeps what is told when a command has ended: what missed, was refused or recorded. */
export class Kept {
  private readonly lines: string[] = [];
  private more = 0;

  add(entry: JournalEntry): void {
    const isPlain = entry.outcome === "live" && !entry.reason?.startsWith("not recorded: ");
    if (entry.outcome === "hit" || isPlain) return;
    if (this.lines.length < EACH) this.lines.push(entryLine(entry));
    else this.more++;
  }

  told(): string[] {
    return this.more === 0 ? this.lines : [...this.lines, `and ${this.more} more (--journal FILE)`];
  }
}
