import { type Choice, type Piece, parsedArguments } from "../../dialects/message.ts";
import type { Unit } from "../../dialects/units.ts";
import type { JsonPath } from "../../recording/json/locate.ts";
import { asNumber, asObject } from "../../recording/json/value.ts";
import type { Problem, Subject } from "../rule.ts";

const BODY: JsonPath = ["response", "body"];

/** What a stream has said so far of one choice. */
interface Said {
  finished: boolean;
  /** It was ended before the model was done. */
  cut: boolean;
  /** Where it last said something. */
  last: number;
}

/** What a stream has said so far of one tool call. */
interface Call {
  choice: Choice["index"];
  id: string | undefined;
  name: string;
  arguments: string;
  first: number;
}

/** Whether the chunks of a stream add up: finishes, tool calls, ids and models. */
export function flowProblems({ recording, dialect, units }: Subject): Problem[] {
  const { head } = recording;
  const flow = new Flow();
  let index = 0;
  for (const unit of units) {
    flow.add(unit, index);
    index += unit.stored.length;
  }
  if (index === 0) return [];
  const promised = dialect.streams ?? {};
  const broken = head.failed || flow.failed;
  return flow.problems(broken, promised.finish === true && !broken, promised.callIds === true);
}

/** Why a stream that came to an end is none that its API ended: it never says so; null where it does. */
export function whyUnended({
  recording,
  dialect,
  units,
}: Pick<Subject, "recording" | "dialect" | "units">): string | null {
  const { head } = recording;
  if (!head.streaming || head.failed) return null;
  if (!units.some(({ data }) => data !== undefined)) return "nothing came";
  const { finish, last } = dialect.streams ?? {};
  if (last)
    return units.some(({ data, pieces }) => (data !== undefined && last(data)) || pieces.some(isError)) ? null : NEVER;
  const flow = new Flow();
  for (const [index, unit] of units.entries()) flow.add(unit, index);
  const problems = flow.problems(flow.failed, finish === true && !flow.failed, false);
  return problems.some(({ cause }) => cause === "no finish") ? NEVER : null;
}

const NEVER = "it never says its end";
const isError = ({ type }: Piece): boolean => type === "error";

/** Reasons to finish that may fall into the middle of a tool call. */
const CUT = /length|max_|incomplete|filter|safety|refusal|failed|cancel|malformed/i;

class Flow {
  /** A failure that the API told inside its stream. */
  failed = false;
  private readonly found: Problem[] = [];
  private readonly choices = new Map<Choice["index"], Said>();
  private readonly calls = new Map<string, Call>();
  private readonly fixed = new Map<string, string>();
  private loose = 0;
  private sequence: number | undefined;
  /** Something came that is no message, such as the progress of a download: nothing has to finish. */
  private items = false;

  add(unit: Unit, index: number): void {
    this.sameAsBefore(unit, "id", index);
    this.sameAsBefore(unit, "model", index);
    this.nextInSequence(unit, index);
    for (const piece of unit.pieces) this.piece(piece, index);
  }

  /** What all chunks of one answer have in common. Some providers leave it out of the first or the last. */
  private sameAsBefore({ data }: Unit, key: string, index: number): void {
    const value = asObject(data)?.get(key);
    if (typeof value !== "string" || value === "") return;
    const before = this.fixed.get(key);
    if (before === undefined) this.fixed.set(key, value);
    else if (before !== value && !this.found.some(({ cause }) => cause === `${key} changes`)) {
      this.found.push({
        at: [...BODY, index],
        message: `the ${key} changes in mid-stream: chunks of two answers`,
        cause: `${key} changes`,
      });
    }
  }

  /** Events of some APIs are numbered. */
  private nextInSequence({ data }: Unit, index: number): void {
    const number = asNumber(asObject(data)?.get("sequence_number"));
    if (number === undefined) return;
    const { sequence } = this;
    this.sequence = number;
    if (sequence === undefined || number === sequence + 1) return;
    if (this.found.some(({ cause }) => cause === "events missing")) return;
    const message = `the sequence_number goes from ${sequence} to ${number}: events are missing or out of order`;
    this.found.push({ at: [...BODY, index], message, cause: "events missing" });
  }

  private piece(piece: Piece, index: number): void {
    if (piece.type === "error") this.failed = true;
    if (piece.type === "item") this.items = true;
    if (!("choice" in piece)) return;
    const choice = this.choices.get(piece.choice) ?? { finished: false, cut: false, last: index };
    this.choices.set(piece.choice, choice);
    if (piece.type === "finish") {
      choice.finished = true;
      choice.cut = CUT.test(piece.reason);
      return;
    }
    if (choice.finished && !this.found.some(({ cause }) => cause === "finish before the end")) {
      const message = `choice ${piece.choice} goes on after its finish: clients stop reading there`;
      this.found.push({ at: [...BODY, index], message, cause: "finish before the end" });
    }
    choice.last = index;
    if (piece.type === "tool-call") this.call(piece, index);
  }

  private call(piece: Piece & { type: "tool-call" }, index: number): void {
    const key = `${piece.choice} ${piece.call ?? `loose ${this.loose++}`}`;
    const call = this.calls.get(key) ?? { choice: piece.choice, id: undefined, name: "", arguments: "", first: index };
    this.calls.set(key, call);
    call.id ||= piece.id;
    call.name += piece.name ?? "";
    call.arguments += piece.arguments ?? "";
  }

  problems(broken: boolean, wantsFinish: boolean, wantsIds: boolean): Problem[] {
    const { found } = this;
    const open = [...this.choices].filter(([, { finished }]) => !finished);
    if (wantsFinish && this.choices.size === 0 && !this.items) {
      found.push({ at: BODY, message: "the stream never finishes: it broke off", cause: "no finish" });
    }
    for (const [index, { last }] of wantsFinish ? open : []) {
      const message = `choice ${index} never finishes: the stream broke off behind this`;
      found.push({ at: [...BODY, last], message, cause: "no finish" });
    }
    for (const { choice, id, name, arguments: text, first } of this.calls.values()) {
      const cause = "tool calls";
      const whole = !broken && !this.choices.get(choice)?.cut;
      if (whole && text !== "" && parsedArguments(text) === undefined) {
        found.push({ at: [...BODY, first], message: "the arguments of this tool call do not add up to JSON", cause });
      }
      if (name === "") found.push({ at: [...BODY, first], message: "a tool call without a name", cause });
      else if (wantsIds && !id) found.push({ at: [...BODY, first], message: "a tool call without an id", cause });
    }
    return found;
  }
}
