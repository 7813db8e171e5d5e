import type { CirclePorts } from "./circle.ts";
import { isStream } from "./keeping.ts";
import { apiOf, marks, reasonMark, saidBy, saidToNobody } from "./said.ts";
import type { Telling } from "./telling.ts";
import type { Asked, Reply, ServeSettings } from "./types.ts";
import { upstreamed } from "./upstreaming.ts";
import type { Target } from "./upstreams.ts";
import { statusTold } from "./whole.ts";

/** Passes on what no route of the table knows. Nothing of it is recorded: no recorder would know how. */
export async function passedOn(
  asked: Asked,
  { path, query, target }: { path: string; query: string; target: Target },
  ports: CirclePorts,
  settings: ServeSettings,
  telling: Telling,
  /** Takes what is still to be told when the reply is here. */
  hold: (work: Promise<unknown>) => void,
): Promise<Reply> {
  const sent = { path, query, headers: asked.headers };
  const upstream = await upstreamed(asked, query, target, ports, settings);
  if ("error" in upstream) {
    const { status, message, fault } = upstream.error;
    if (fault === "aborted") {
      telling.aborted({ asked, path }, status, null);
      return saidToNobody(apiOf(null, sent), null);
    }
    telling.refused({ asked, path }, status, message);
    return saidBy(apiOf(null, sent), status, message, marks("refused", null));
  }
  const { answer, hint, own, left } = upstream;
  const { status } = answer;
  const headers = { ...answer.headers, ...marks("live", null) };
  const told = answer.ended.then((ended) => {
    const why = own ?? hint ?? "this endpoint is not known, and not recorded";
    const reason = ended.how === "broken" ? ended.why : why;
    if (left()) telling.aborted({ asked, path }, statusTold(answer, ended), null);
    else telling.asked({ asked, path }, statusTold(answer, ended), { outcome: "live", name: null, path: null, reason });
    return ended;
  });
  hold(told);
  if (isStream(answer.headers)) return { status, headers, body: streamed(answer) };
  answer.rest();
  const ended = await told;
  if (ended.how === "broken") {
    const marked = { ...marks("live", null), ...reasonMark(ended.why) };
    return saidBy(apiOf(null, sent), ended.error.status, ended.why, marked);
  }
  return { status, headers, body: ended.text };
}

async function* streamed(answer: { frames: AsyncIterable<string>; rest(): void }): AsyncGenerator<string, void> {
  try {
    yield* answer.frames;
  } finally {
    answer.rest();
  }
}
