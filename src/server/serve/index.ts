import { type Matched, matchOf, type Question } from "../matching/match.ts";
import { ambiguousText } from "./ambiguous.ts";
import { Asking } from "./asking.ts";
import { Circle } from "./circle.ts";
import type { Sent } from "./family.ts";
import { houseReply } from "./house.ts";
import { Memory } from "./journal.ts";
import { recordedAs } from "./keeping.ts";
import { Explainer } from "./missed.ts";
import { MODES } from "./modes.ts";
import { passedOn } from "./passing.ts";
import { foldersFor, standingFor } from "./place.ts";
import { questionOf } from "./question.ts";
import { Recent } from "./recent.ts";
import { keysRepeated } from "./repeated.ts";
import { Replaying } from "./replaying.ts";
import { apiOf, marks, saidBy, saidToNobody } from "./said.ts";
import { noCounts, Telling } from "./telling.ts";
import { Together } from "./together.ts";
import type { Asked, Early, Reply, ServePorts, ServeSettings, Serving } from "./types.ts";
import { brokenFor, shutText, unreadableText } from "./unreadable.ts";
import { ownTargetOf, type Target, targetOf, unknownTargetOf } from "./upstreams.ts";

export { journalLine, lossLine } from "./journal.ts";
export { MODES } from "./modes.ts";
export type * from "./types.ts";
export { DEFAULT_UPSTREAMS } from "./upstreams.ts";
export { AS_FLAGS, AS_OPTIONS } from "./wording.ts";

/** How often a request is looked for anew, where what was found is gone when it is opened. */
const LOOKS = 3;

/** Where a path goes that no API has: where the client's own URL leads, if it has one. */
const unknownOf = ({ origin }: Asked, sent: Sent, { upstreams }: ServeSettings): Target | null =>
  origin == null
    ? unknownTargetOf(sent, upstreams)
    : { upstream: { api: "", url: origin, from: "client" }, url: origin + sent.path, base: null };

/** Answers requests out of recordings, by an upstream, or both: as the mode says. */
export function serving(world: ServePorts, settings: ServeSettings): Serving {
  const circle = new Circle();
  const ports = { ...world, circle };
  const doing = MODES[settings.mode];
  const counts = noCounts();
  const memory = new Memory();
  const telling = new Telling(ports, memory, counts);
  const explainer = new Explainer(ports, settings);
  const replaying = new Replaying(ports, settings, telling);
  const recent = new Recent();
  const together = new Together(ports);
  const held = new Set<Promise<unknown>>();
  const hold = (work: Promise<unknown>): void => {
    held.add(work);
    void work.finally(() => held.delete(work));
  };
  const asking = new Asking(ports, settings, telling, () => explainer.forget());

  const looked = (question: Question, target: Target | null): Matched => {
    const { mount } = question.routed;
    // Where nobody says what is asked, all that was recorded is looked at.
    const given = target?.base != null && (doing.ask || target.upstream.from !== "default");
    const mounts = new Map(given ? [[mount, target.base as string]] : []);
    const { match: mode, schemeOf, fallback } = settings;
    return matchOf(question, { recordings: ports.store.recordings, mode, mounts, schemeOf, fallback });
  };

  async function answered(asked: Asked, waited = false, looks = 0): Promise<Reply> {
    // What has a host of its own asks nothing of this one.
    const house =
      asked.origin != null
        ? null
        : houseReply(asked.method, asked.target, { mode: settings.mode, memory, counts, reset: () => telling.reset() });
    if (house) return house;
    const closed = circle.closedBy(asked);
    // Who asked it tells of it.
    if (closed) return closed;
    const key = doing.look ? recent.keyOf(asked) : null;
    const before = recent.get(key, ports.store.recordings);
    const known = before && replaying.reply(before.matched, before.question, { asked, path: before.path });
    if (known) return known;
    const read = questionOf(asked, settings);
    if ("refused" in read) {
      const { routed, path, status, refused } = read;
      const sent = { path, query: read.query, headers: asked.headers };
      const unknown = routed === null && doing.ask ? unknownOf(asked, sent, settings) : null;
      if (unknown) {
        return passedOn(asked, { path, query: read.query, target: unknown }, ports, settings, telling, hold);
      }
      const isPassable = routed === null && doing.ask && status === 501;
      const why = isPassable ? `${refused}; to have it passed on: ${settings.wording.provider("NAME")}` : refused;
      telling.refused({ asked, routed, path }, status, why);
      return saidBy(apiOf(routed, sent), status, why, marks("refused", null));
    }
    const { question, path, query } = read;
    const { routed } = question;
    const found =
      asked.origin != null
        ? ownTargetOf(routed, asked.origin, path, settings.upstreams)
        : targetOf(routed, path, settings.upstreams);
    const target = "missing" in found ? null : found;
    const { testId } = question;
    let matched = looked(question, target);
    if (matched.kind === "miss" && doing.look && (await ports.store.refresh(foldersFor(testId, settings.fallback)))) {
      explainer.forget();
      matched = looked(question, target);
    }
    const again = async (): Promise<Reply> => {
      await ports.store.again();
      explainer.forget();
      return answered(asked, waited, looks + 1);
    };
    const refuse = (status: number, why: string): Reply => {
      telling.refused({ asked, question, path }, status, why);
      return saidBy(routed.route.api, status, why, marks("refused", null));
    };
    if (matched.kind === "malformed") return refuse(400, "the body is none that this API knows");
    const shut = doing.look && matched.kind === "miss" ? shutText(ports) : null;
    if (shut !== null) return refuse(500, shut);
    const broken = doing.look ? brokenFor(matched, question, ports, settings) : [];
    if (broken.length > 0) return refuse(500, unreadableText(broken, ports, settings));
    if (doing.look && matched.kind === "ambiguous") return refuse(409, ambiguousText(matched, question, settings));
    if (doing.look && matched.kind === "hit") {
      const reply = replaying.reply(matched, question, { asked, path });
      if (reply) {
        recent.keep(key, { question, path, matched }, ports.store.recordings);
        return reply;
      }
      // What is gone since is as if it had never been there; what is broken is somebody's, who may mend it.
      if (looks < LOOKS) return again();
      const paths = (matched.list ? matched.found : [matched.found[0]]).map((one) => one.path);
      return refuse(500, unreadableText(paths, ports, settings));
    }
    if (!doing.ask) {
      if (matched.kind !== "miss") return refuse(500, "the recording cannot be read");
      const { request } = matched.tried[0];
      const keys = keysRepeated(asked, question.body, request);
      const missing = "missing" in found ? found.missing : null;
      const { text, reason, tried } = explainer.explained(matched, question, { missing, keys });
      telling.missed({ asked, question, path, keys }, settings.missStatus, tried, reason);
      return saidBy(routed.route.api, settings.missStatus, text, marks("miss", tried.name));
    }
    if (!target) {
      const { missing } = found as { missing: string };
      return refuse(502, `no upstream is called ${missing}: ${settings.wording.upstream(missing, "URL")}`);
    }
    const tried = matched.kind === "hit" ? matched.tried : recordedAs(routed, matched.tried);
    // It came this very moment, where nobody looked, or is none of those that are served: then it is refused.
    if (looks === 0 && tried && standingFor(testId, tried.name, ports, settings) !== null) return again();
    const going = { asked, question, path, query, target, tried };
    if (!doing.look || !doing.write || !tried) return asking.reply(going);
    // The name stands for the body.
    const equal = JSON.stringify([asked.method, asked.target, asked.origin, question.testId, tried.name]);
    if (!waited && together.isRunning(equal)) {
      const came = await together.waited(equal, asked);
      // Of those that waited for one whose client left, one asks, and the others wait for that.
      if (came !== "failed") return answered(asked, came === "recorded");
      if (asked.gone.aborted) {
        telling.aborted({ asked, question, path }, 499, tried.name);
        return saidToNobody(routed.route.api, tried.name);
      }
    }
    const { over, gone } = together.begin(equal, asked.gone);
    try {
      return await asking.reply({ ...going, asked: { ...asked, gone } }, over);
    } catch (error) {
      over("failed");
      throw error;
    }
  }

  const serve = async (asked: Asked): Promise<Reply> => {
    try {
      return await answered(asked);
    } catch (error) {
      // A bug; whoever asked gets an answer all the same.
      const path = asked.target.replace(/\?.*$/s, "");
      const why = `a bug in recctl: ${error instanceof Error ? error.message : String(error)}`;
      telling.refused({ asked, path }, 500, why);
      return saidBy(apiOf(null, { path, headers: asked.headers }), 500, why, marks("refused", null));
    }
  };
  const settled = async (): Promise<void> => {
    await asking.settled();
    await Promise.allSettled(held);
  };
  const refused = (early: Early): void => telling.early(early);
  const told = Object.assign(serve, { settled, refused, counts, forgotten: telling.forgotten, failures: 0 });
  return Object.defineProperty(told, "failures", { get: () => telling.failures });
}
