import type { JsonObject } from "../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { objectOf } from "../matching/edits.ts";
import type { Question, Tried } from "../matching/match.ts";
import type { Routed } from "../matching/routes.ts";
import type { Found } from "../matching/store.ts";
import { isHouse } from "./house.ts";
import type { Memory } from "./journal.ts";
import { modelOf } from "./question.ts";
import { refusalOf } from "./refusals.ts";
import { withoutKeys } from "./repeated.ts";
import { CLIENT_GONE } from "./said.ts";
import type { Asked, Counts, Early, JournalEntry, ServeOutcome, ServePorts } from "./types.ts";

/** What is known of a request when it is told of. */
export interface Subject {
  readonly asked: Pick<Asked, "method">;
  readonly path: string;
  readonly question?: Question;
  readonly routed?: Routed | null;
  /** That came with it, and are not told. */
  readonly keys?: readonly string[];
}

/** What a client wrote in a path is cut here. */
const LONGEST = 500;

/** A longer request is left out of the journal, in characters of its text. */
const LONGEST_REQUEST = 100_000;

export const noCounts = (): Counts => ({ hit: 0, miss: 0, recorded: 0, live: 0, refused: 0, aborted: 0 });

/** Tells what requests came to: to the journal, its memory, and the counts. */
export class Telling {
  /** Of what was recorded. */
  failures = 0;
  /** What was counted before it was begun anew. */
  readonly forgotten: Counts = noCounts();

  constructor(
    private readonly ports: Pick<ServePorts, "journal" | "now" | "secretsIn">,
    private readonly memory: Memory,
    private readonly counts: Counts,
  ) {}

  /** Begins to count anew. */
  reset(): void {
    this.memory.reset();
    this.failures = 0;
    for (const outcome of Object.keys(this.counts) as ServeOutcome[]) {
      this.forgotten[outcome] += this.counts[outcome];
      this.counts[outcome] = 0;
    }
  }

  hit(subject: Subject, status: number, name: string, found: readonly Found[]): void {
    const [first, ...more] = found.map(({ path }) => path);
    this.tell(subject, status, { outcome: "hit", name, path: first ?? null, ...(more.length > 0 && { more }) });
  }

  /** `why` is a line: the name and what was asked stand in the entry by themselves. */
  missed(subject: Subject, status: number, { name, request }: Tried, why: string): void {
    const reason = line(why);
    const told = { outcome: "miss", name, path: null, reason } as const;
    const isPlain = (subject.keys ?? []).length === 0 && this.mayBeTold(request);
    this.tell(subject, status, told, isPlain ? request : undefined);
  }

  /** A journal is shown around more than recordings are. */
  private mayBeTold(request: JsonObject): boolean {
    if (writeJson(request, COMPACT).length > LONGEST_REQUEST) return false;
    return (this.ports.secretsIn?.(objectOf({ request })) ?? []).length === 0;
  }

  asked(
    subject: Subject,
    status: number,
    told: Pick<JournalEntry, "outcome" | "name" | "path" | "failure"> & { reason?: string | null },
  ): void {
    const { reason, ...rest } = told;
    this.tell(subject, status, { ...rest, ...(reason && { reason: line(reason) }) });
  }

  refused(subject: Subject, status: number, why: string): void {
    const reason = line(`${refusalOf(status, why)}: ${why}`);
    this.tell(subject, status, { outcome: "refused", name: null, path: null, reason });
  }

  /** The client went away before it had its answer, which is no fault of anybody. */
  aborted(subject: Subject, status: number, name: string | null): void {
    this.tell(subject, status, { outcome: "aborted", name, path: null, reason: CLIENT_GONE });
  }

  /** Of a request that was turned away at the door nothing is known but what it asked for. */
  early({ method, path, status, message, left }: Early): void {
    // What asks nothing of an API has no line either where it is let in.
    if (isHouse(path)) return;
    const subject = { asked: { method }, path };
    const why = line(left ? message : `${refusalOf(400, message)}: ${message}`);
    this.tell(subject, status, { outcome: left ? "aborted" : "refused", name: null, path: null, reason: why });
  }

  private tell(
    { asked, path, question, routed = question?.routed, keys = [] }: Subject,
    status: number,
    told: Pick<JournalEntry, "outcome" | "name" | "path" | "more" | "reason" | "failure">,
    request?: JsonObject,
  ): void {
    this.counts[told.outcome]++;
    if (told.failure) this.failures++;
    const { outcome, name, path: file, ...rest } = told;
    const entry: JournalEntry = {
      time: new Date(this.ports.now()).toISOString(),
      test_id: question?.testId ?? null,
      name,
      outcome,
      path: file,
      method: asked.method,
      endpoint: routed?.route.endpoint ?? path.slice(0, LONGEST),
      model: question ? modelTold(question, keys) : null,
      status,
      ...rest,
    };
    // Thousands are kept in memory, and requests are long.
    this.memory.add(entry);
    this.ports.journal(request ? { ...entry, request } : entry);
  }
}

function modelTold(question: Question, keys: readonly string[]): string | null {
  const model = modelOf(question);
  return model && withoutKeys(model, keys);
}

/** The first lines of a text as one. */
const line = (text: string): string =>
  text
    .split("\n")
    .map((one) => one.trim())
    .slice(0, 3)
    .join("; ")
    .slice(0, 2 * LONGEST);
