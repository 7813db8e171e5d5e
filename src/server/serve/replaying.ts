import type { Recording } from "../../recording/recording.ts";
import type { Matched, Question } from "../matching/match.ts";
import { type Answer, answerOf } from "./answers/answer.ts";
import { bodyOf } from "./answers/sent.ts";
import { marks, NO_RETRY } from "./said.ts";
import type { Subject, Telling } from "./telling.ts";
import type { Asked, Reply, ServePorts, ServeSettings } from "./types.ts";

type Hit = Extract<Matched, { kind: "hit" }>;

/** Answers out of recordings. */
export class Replaying {
  /** By recording, and by what else decides the form: the store keeps few recordings, and answers go with them. */
  private readonly answers = new WeakMap<Recording, Map<string, Answer>>();

  constructor(
    private readonly ports: Pick<ServePorts, "store" | "clock" | "sleep">,
    private readonly settings: Pick<ServeSettings, "pace">,
    private readonly telling: Telling,
  ) {}

  /** The answer that was recorded; null where a recording cannot be read (any more). */
  reply(hit: Hit, question: Question, { asked, path }: Pick<Subject, "path"> & { asked: Asked }): Reply | null {
    const found = hit.list ? hit.found : [hit.found[0]];
    const opened = found.map((one) => this.ports.store.open(one.path));
    if (!opened.every((one) => one !== null && !("message" in one))) return null;
    const answer = this.answer(opened as unknown as [Recording, ...Recording[]], question, path);
    const { name } = hit.tried;
    this.telling.hit({ asked, question, path }, answer.status, name, found);
    const { status, type, failed } = answer;
    return {
      status,
      headers: { "content-type": type, ...(failed && NO_RETRY), ...marks("hit", name) },
      body: bodyOf(answer, this.settings.pace, this.ports, asked.gone),
    };
  }

  private answer(recordings: readonly [Recording, ...Recording[]], question: Question, path: string): Answer {
    const make = (): Answer => answerOf(recordings, question.routed, { body: question.body, path });
    // Whole bodies depend on how they are asked, and streams do not.
    if (recordings.length > 1 || !recordings[0].head.streaming) return make();
    const known = this.answers.get(recordings[0]) ?? new Map<string, Answer>();
    this.answers.set(recordings[0], known);
    const answer = known.get(question.routed.route.id) ?? make();
    known.set(question.routed.route.id, answer);
    return answer;
  }
}
