import type { Question, Tried } from "../matching/match.ts";
import type { Ended, UpstreamAnswer } from "../upstream/types.ts";
import { callOf, documentOf, isNamed, isStream, kept } from "./keeping.ts";
import { MODES } from "./modes.ts";
import { folderFor } from "./place.ts";
import { marks, saidBy } from "./said.ts";
import type { Telling } from "./telling.ts";
import type { Asked, Reply, ServePorts, ServeSettings } from "./types.ts";
import { upstreamed } from "./upstreaming.ts";
import type { Target } from "./upstreams.ts";

/** A request that goes to an upstream. */
export interface Going {
  readonly asked: Asked;
  readonly question: Question;
  readonly path: string;
  readonly query: string;
  readonly target: Target;
  /** As what it is recorded. */
  readonly tried: Tried | null;
}

/** Passes requests on to their upstreams, and keeps what comes back. */
export class Asking {
  private readonly pending = new Set<Promise<unknown>>();

  constructor(
    private readonly ports: ServePorts,
    private readonly settings: ServeSettings,
    private readonly telling: Telling,
    private readonly written: () => void,
  ) {}

  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
  }

  async reply(going: Going): Promise<Reply> {
    const { asked, question, path, query, target, tried } = going;
    const { api } = question.routed.route;
    const subject = { asked, question, path };
    const refuse = (status: number, why: string): Reply => {
      this.telling.refused(subject, status, why);
      return saidBy(api, status, why, marks("refused", null));
    };
    const why = this.whyNot(going);
    if (why !== null) return refuse(400, `this would not be recorded, so it is not asked: ${why}`);
    const upstream = await upstreamed(asked, query, target, this.ports, this.settings);
    if ("error" in upstream) return refuse(upstream.error.status, upstream.error.message);
    const { answer, hint, left } = upstream;
    const outcome = MODES[this.settings.mode].write ? "recorded" : "live";
    const headers = { ...answer.headers, ...marks(outcome, tried?.name ?? null) };
    const settled = answer.ended.then((ended) => this.keep(going, answer, ended, hint, left));
    this.pending.add(settled);
    void settled.finally(() => this.pending.delete(settled));
    if (isStream(answer.headers)) return { status: answer.status, headers, body: passedOn(answer, settled) };
    // Nothing of it is of use before it is whole.
    answer.rest();
    const ended = await answer.ended;
    const came = await settled;
    if (ended.how === "broken") return saidBy(api, ended.error.status, ended.why, marks("refused", null));
    const told =
      came === null
        ? headers
        : { ...headers, ...marks("refused", null), "x-recctl-reason": came.replace(/[^ -~]+/g, " ") };
    return { status: answer.status, headers: told, body: ended.text };
  }

  /** Why a request could not be recorded, whatever the answer is: found out before it costs anything. */
  private whyNot({ question, tried }: Going): string | null {
    if (!MODES[this.settings.mode].write) return null;
    const place = folderFor(question.testId, this.settings.fallback);
    if ("refused" in place) return place.refused;
    if (!tried) return "no name can be made of it";
    if (isNamed(question.routed.route.kind, tried.request)) return null;
    return "it is not told who provides the tool; --upstream PROVIDER=URL, and ask under /PROVIDER";
  }

  /** Writes what came, where it is to be written; why it was not, or null. */
  private async keep(
    { asked, question, path, tried }: Going,
    answer: UpstreamAnswer,
    ended: Ended,
    hint: string | null,
    left: () => boolean,
  ): Promise<string | null> {
    const subject = { asked, question, path };
    const { status } = answer;
    const name = tried?.name ?? null;
    const refused = (why: string): string => {
      this.telling.asked(subject, status, { outcome: "refused", name, path: null, reason: why });
      return why;
    };
    const { mode, schemeOf, keepPartial } = this.settings;
    if (!MODES[mode].write || !tried) {
      const reason = ended.how === "broken" ? ended.why : hint;
      this.telling.asked(subject, status, { outcome: "live", name, path: null, reason });
      return null;
    }
    try {
      // That a client went away is no failure of who answered.
      if (left() && !keepPartial) return refused("not recorded: the client went away before the end");
      const { testId, routed } = question;
      const call = callOf(routed, tried, testId, schemeOf(routed.route.kind));
      const recorded = documentOf(call, answer, ended, keepPartial);
      if ("refused" in recorded) return refused(`not recorded: ${recorded.refused}`);
      const written = await kept(recorded, testId, this.ports, this.settings);
      if ("refused" in written) return refused(`not recorded: ${written.refused}`);
      this.written();
      this.telling.asked(subject, status, { outcome: "recorded", name, path: written.path, reason: hint });
      return null;
    } catch (error) {
      return refused(`not recorded: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Frames as they come; the end is told once what came is written, so that who has it finds the recording. */
async function* passedOn(answer: UpstreamAnswer, settled: Promise<unknown>): AsyncGenerator<string, void> {
  try {
    yield* answer.frames;
  } finally {
    // Where it is left early, the upstream's own end is not waited for.
    answer.rest();
  }
  await settled;
}
