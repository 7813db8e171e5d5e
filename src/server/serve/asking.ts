import { asObject, type JsonObject } from "../../recording/json/value.ts";
import type { Question, Tried } from "../matching/match.ts";
import type { Ended, UpstreamAnswer } from "../upstream/types.ts";
import type { CirclePorts } from "./circle.ts";
import { callOf, documentOf, isNamed, isStream, kept } from "./keeping.ts";
import { unendedIn, whyNotInStream, whyNotLasting, whyNotUnended } from "./lasting.ts";
import { MODES } from "./modes.ts";
import { folderFor, standingFor } from "./place.ts";
import { keysOf } from "./repeated.ts";
import { CLIENT_GONE, marks, reasonMark, saidBy, saidToNobody } from "./said.ts";
import type { Telling } from "./telling.ts";
import type { Came } from "./together.ts";
import type { Asked, Reply, ServeSettings } from "./types.ts";
import { type Upstreamed, upstreamed } from "./upstreaming.ts";
import type { Target } from "./upstreams.ts";
import { gathered, statusTold } from "./whole.ts";

type Answer = Exclude<Upstreamed, { error: unknown }>;

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

/** What became of an answer: written, or another recording is there by now, or neither, and then why, if somebody wants to know. */
interface WhatCame {
  readonly came: "recorded" | "there" | "not";
  readonly why: string | null;
}

/** Passes requests on to their upstreams, and keeps what comes back. */
export class Asking {
  private readonly pending = new Set<Promise<unknown>>();

  constructor(
    private readonly ports: CirclePorts,
    private readonly settings: ServeSettings,
    private readonly telling: Telling,
    private readonly written: () => void,
  ) {}

  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
  }

  /** `over` is told, once nothing more comes of it, what came of it. */
  async reply(going: Going, over: (came: Came) => void = () => undefined): Promise<Reply> {
    const { asked, question, path, query, target, tried } = going;
    const { api } = question.routed.route;
    const subject = { asked, question, path };
    const refuse = (status: number, why: string): Reply => {
      this.telling.refused(subject, status, why);
      over("failed");
      return saidBy(api, status, why, marks("refused", null));
    };
    const why = this.whyNot(going);
    if (why !== null) return refuse(400, `this would not be recorded, so it is not asked: ${why}`);
    const upstream = await upstreamed(asked, query, target, this.ports, this.settings);
    if ("error" in upstream) {
      const { status, message, fault } = upstream.error;
      if (fault !== "aborted") return refuse(status, message);
      this.telling.aborted(subject, status, tried?.name ?? null);
      over("left");
      return saidToNobody(api, tried?.name ?? null);
    }
    const { answer, left } = upstream;
    const outcome = MODES[this.settings.mode].write ? "recorded" : "live";
    const headers = { ...answer.headers, ...marks(outcome, tried?.name ?? null) };
    const settled = answer.ended.then((ended) => this.keep(going, upstream, ended));
    void settled.then(({ came }) => over(came !== "not" ? "recorded" : left() ? "left" : "failed"));
    this.pending.add(settled);
    void settled.finally(() => this.pending.delete(settled));
    if (isStream(answer.headers)) {
      // Its head goes out before anybody knows what becomes of it.
      const begun = outcome === "recorded" ? { ...headers, ...marks("recording", null) } : headers;
      return { status: answer.status, headers: begun, body: passedOn(answer, settled) };
    }
    const most = this.settings.limits.keptBytes;
    const all = await gathered(answer, most);
    if ("body" in all) {
      const told =
        outcome === "live" ? headers : notKept(headers, `an answer of more than ${most / 1e6} MB is not recorded`);
      return { status: answer.status, headers: told, body: all.body };
    }
    const { ended, text } = all;
    const { why: whyNot, came } = await settled;
    if (ended.how === "broken") {
      const why = whyNot ?? ended.why;
      return saidBy(api, ended.error.status, ended.why, notKept(marks("refused", tried?.name ?? null), why));
    }
    const told = whyNot === null ? headers : notKept(headers, whyNot, came === "there" ? "live" : "refused");
    return { status: answer.status, headers: told, body: text };
  }

  /** Why a request could not be recorded, whatever the answer is: found out before it costs anything. */
  private whyNot({ question, tried }: Going): string | null {
    if (!MODES[this.settings.mode].write) return null;
    const place = folderFor(question.testId, this.settings.fallback);
    if ("refused" in place) return place.refused;
    const disk = this.ports.store.whyNot({ ...place, name: tried && `${tried.name}.json` });
    if (disk !== null) return disk;
    if (!tried) return "no name can be made of it";
    const there = standingFor(question.testId, tried.name, this.ports, this.settings);
    if (there !== null) return `${there} is there, is none of the recordings that are served, and is not written over`;
    if (isNamed(question.routed.route.kind, tried.request)) return null;
    return `it is not told who provides the tool; ${this.settings.wording.provider("PROVIDER")}`;
  }

  /** Writes what came, where it is to be written. */
  private async keep(
    { asked, question, path, tried }: Going,
    { answer, hint, own, left, keys }: Answer,
    ended: Ended,
  ): Promise<WhatCame> {
    const subject = { asked, question, path };
    const { status: answered } = answer;
    const status = statusTold(answer, ended);
    const name = tried?.name ?? null;
    const refused = (why: string): WhatCame => {
      this.telling.asked(subject, status, { outcome: "refused", name, path: null, reason: why });
      return { came: "not", why };
    };
    const { mode, schemeOf, keepPartial } = this.settings;
    // That a client went away is no failure of who answered.
    if (left() && !(MODES[mode].write && keepPartial)) {
      this.telling.aborted(subject, status, name);
      return { came: "not", why: CLIENT_GONE };
    }
    if (!MODES[mode].write || !tried) {
      const reason = own ?? (ended.how === "broken" ? ended.why : hint);
      this.telling.asked(subject, status, { outcome: "live", name, path: null, reason });
      return { came: "not", why: null };
    }
    if (own !== null) return refused(`not recorded: ${own}`);
    try {
      const passing = whyNotLasting(answered, ended, this.settings);
      if (passing !== null) return refused(hint === null ? passing : `${passing}; ${hint}`);
      const { testId, routed } = question;
      const call = callOf(routed, tried, testId, schemeOf(routed.route.kind));
      const recorded = documentOf(call, answer, ended, keepPartial);
      if ("refused" in recorded) return refused(`not recorded: ${recorded.refused}`);
      const unended = unendedIn(recorded.root);
      const inStream =
        whyNotInStream(answer, ended, this.settings) ??
        (unended === null ? null : whyNotUnended(unended, this.settings));
      if (inStream !== null) return refused(inStream);
      const sent = [...new Set([...keys, ...keysOf(asked, question.body)])];
      const written = await kept(recorded, testId, sent, this.ports, this.settings);
      if ("refused" in written) return refused(`not recorded: ${written.refused}`);
      this.written();
      if ("there" in written) {
        const why = `not recorded: ${written.there} came meanwhile, and is not written over`;
        this.telling.asked(subject, status, { outcome: "live", name, path: null, reason: why });
        return { came: "there", why };
      }
      const { path: file } = written;
      const failure = isFailure(recorded.root) && { failure: true as const };
      const holds = this.ports.holdsIn?.(recorded.root, file) ?? null;
      const open = unended === null ? null : `a stream that broke off: ${unended}`;
      const reason = [hint, open, holds].filter((one) => one !== null).join("; ");
      this.telling.asked(subject, status, { outcome: "recorded", name, path: file, reason, ...failure });
      return { came: "recorded", why: null };
    } catch (error) {
      return refused(`not recorded: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const isFailure = (root: JsonObject): boolean => asObject(root.get("response"))?.get("is_exception") === true;

/** The headers of an answer that is passed on and was not recorded. */
const notKept = (
  headers: Readonly<Record<string, string>>,
  why: string,
  outcome: "refused" | "live" = "refused",
): Record<string, string> => ({
  ...headers,
  ...marks(outcome, null),
  ...reasonMark(why),
});

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
