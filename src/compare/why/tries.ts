import { asObject, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { type Hashes, hasherOf, verifying } from "../../recording/names/schemes.ts";
import { splitUrl } from "../../recording/names/url.ts";
import { type Goal, isSame, type Match, type Other, replaced } from "./goal.ts";
import type { Known, KnownRecording } from "./known.ts";
import { isLikeRename } from "./rename.ts";

/** How many hashes are made, in all: some seconds' worth. */
const MOST_TRIES = 1_500_000;

/** Of a hash that is not told whole. */
export const LEAST_DIGITS = 8;

/** A recorded request with something replaced. */
interface Tried extends Pick<Match, "model" | "url" | "variant"> {
  readonly request: JsonObject;
}

/**
 * Recomputes hashes of recorded requests with what was asked in their place: the test id, the model, the url, or a change that
 * others have seen. A hash that comes out as the one asked for proves that nothing else differs.
 */
export class Trial {
  private tries = 0;
  /** Who wants a hash that begins with these 8 digits: no fewer are looked for. */
  private readonly sought = new Map<string, Goal[]>();

  constructor(
    goals: readonly Goal[],
    private readonly known: Pick<Known, "variants" | "isGone">,
  ) {
    for (const goal of goals) {
      for (const hash of goal.wanted) {
        const key = hash.slice(0, LEAST_DIGITS);
        this.sought.set(key, [...(this.sought.get(key) ?? []), goal]);
      }
    }
  }

  /** Tries one recording for those that it may answer. */
  run(recording: KnownRecording, request: JsonObject, goals: readonly Goal[]): void {
    const { kind, testId } = recording;
    const hashes = hasherOf({ kind, request });
    const named = verifying(recording.hash, hashes(testId));
    this.take(recording, named, { request }, hashes, goals);
    const made = new Map<string, { tried: Tried; wanting: Goal[] }>();
    for (const goal of goals) {
      for (const tried of replacements(request, recording, goal)) {
        const key = JSON.stringify([tried.model?.now, tried.url?.now]);
        const { wanting } = made.get(key) ?? { wanting: [] };
        made.set(key, { tried, wanting: [...wanting, goal] });
      }
    }
    for (const { tried, wanting } of made.values()) {
      this.take(recording, named, tried, hasherOf({ kind, request: tried.request }), wanting);
    }
    for (const variant of this.known.variants ?? []) {
      const then = variant.apply(request);
      if (then) this.take(recording, named, { request: then, variant }, hasherOf({ kind, request: then }), goals);
    }
  }

  private take(
    recording: KnownRecording,
    named: readonly string[],
    tried: Tried,
    hashes: Hashes,
    goals: readonly Goal[],
  ): void {
    const ids = new Set([recording.testId, null, ...goals.map(({ asked }) => asked.testId)]);
    for (const testId of ids) {
      if (this.tries >= MOST_TRIES) {
        for (const goal of goals) goal.stopped = true;
        return;
      }
      const made = hashes(testId);
      const distinct = new Set(made.values());
      this.tries += distinct.size;
      for (const hash of distinct) {
        for (const goal of this.sought.get(hash.slice(0, LEAST_DIGITS)) ?? []) {
          if (!goals.includes(goal) || !goal.wanted.some((wanted) => isSame(wanted, hash))) continue;
          const schemes = [...made].filter(([, one]) => one === hash).map(([scheme]) => scheme);
          const other = testId === recording.testId ? {} : { testId: { recorded: recording.testId, now: testId } };
          const { request: _, ...what } = tried;
          this.better(goal, { recording, hash, schemes, named, ...what, ...other });
        }
      }
    }
  }

  /** Of two that fit the one with less replaced stands, then that of a test that is gone, or is called alike. */
  private better(goal: Goal, match: Match): void {
    const { best } = goal;
    const { testId, model, url, variant } = match;
    if (testId?.recorded != null && !(model || url || variant)) goal.sharers.add(testId.recorded);
    const gain = best === null ? 1 : replaced(best) - replaced(match);
    if (best === null || gain > 0 || (gain === 0 && this.worth(match) > this.worth(best))) goal.best = match;
  }

  private worth({ testId, named }: Match): number {
    const gone = testId?.recorded != null && this.known.isGone?.(testId.recorded) === true;
    const alike = testId?.recorded != null && testId.now !== null && isLikeRename(testId.recorded, testId.now);
    return (gone ? 4 : 0) + (alike ? 2 : 0) + (named.length > 0 ? 1 : 0);
  }
}

/** The request with the model that was asked, the url, or both. */
function replacements(request: JsonObject, { kind, model, url }: KnownRecording, { asked }: Goal): Tried[] {
  const place = ["body", "payload"].find((key) => asObject(request.get(key))?.has("model"));
  const body = place === undefined ? undefined : asObject(request.get(place));
  const withModel =
    asked.model !== null && body && place !== undefined && body.get("model") !== asked.model
      ? (one: JsonObject): JsonObject => put(one, place, put(body, "model", asked.model))
      : null;
  const withUrl =
    asked.url !== null && !asked.isBaseOpen && url !== null && !isSameUrl(kind, url, asked.url)
      ? (one: JsonObject): JsonObject => put(one, "url", asked.url)
      : null;
  const models: Other = { recorded: model, now: asked.model };
  const urls: Other = { recorded: url, now: asked.url };
  const out: Tried[] = [];
  if (withModel) out.push({ request: withModel(request), model: models });
  if (withUrl) out.push({ request: withUrl(request), url: urls });
  if (withModel && withUrl) out.push({ request: withUrl(withModel(request)), model: models, url: urls });
  return out;
}

/** Whether names cannot tell two urls: of a client library's they see the path, and of the host no more than what rules ask. */
function isSameUrl(kind: KnownRecording["kind"], one: string, other: string): boolean {
  if (kind !== "inference") return one === other;
  const [a, b] = [splitUrl(one), splitUrl(other)];
  // Lists of models are named by whether their host is local.
  const list = a.path.endsWith("/models") && a.hostname !== b.hostname;
  return a.path === b.path && a.netloc.includes("bedrock") === b.netloc.includes("bedrock") && !list;
}

/** An object with another value for a key. */
export const put = ({ keys, values }: JsonObject, key: string, value: JsonValue): JsonObject =>
  new JsonObject(
    keys,
    values.map((own, at) => (keys[at] === key ? value : own)),
  );
