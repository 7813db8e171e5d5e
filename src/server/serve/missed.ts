import { changesOf } from "../../compare/changes/changes.ts";
import { type KnownRecording, typed } from "../../compare/why/index.ts";
import { readName } from "../../recording/name.ts";
import { forShell } from "../../text/escape.ts";
import { causeOfMiss, triedAs } from "../matching/explained.ts";
import type { Matched, Question, Tried } from "../matching/match.ts";
import { causeLines, reasonOf } from "./missed-text.ts";
import { modelOf } from "./question.ts";
import { withoutKeys } from "./repeated.ts";
import type { KnownHead, ServePorts, ServeSettings } from "./types.ts";

type Miss = Extract<Matched, { kind: "miss" }>;

/** How long recordings are read for one miss, in milliseconds; and how many are, at most. */
const PATIENCE = 250;
const MOST = 400;
/** Every form of a request is compared with every recording: of a long one no more than the first. */
const FORMS = 3;
const LONG = 20_000;
/** How many misses are remembered: libraries ask again. */
const REMEMBERED = 64;

/** What is told of a miss: lines for who asked, and one for the journal and the console. */
export interface Explained {
  readonly text: string;
  readonly reason: string;
  /** As what it was most likely asked: with the base that the nearest recording has. */
  readonly tried: Tried;
}

/** What else is known of a request that missed. */
interface More {
  /** The upstream of whose URL nobody told. */
  readonly missing: string | null;
  /** Keys that came with it and stand in it: then places are told, and no values. */
  readonly keys: readonly string[];
}

/** Tells why requests missed, as `recctl why` does, out of as many recordings as there is time for. */
export class Explainer {
  private readonly known = new Map<string, Explained>();

  constructor(
    private readonly ports: Pick<ServePorts, "store" | "clock">,
    private readonly settings: Pick<ServeSettings, "match" | "schemeOf" | "recctl" | "fallback" | "toRecord">,
  ) {}

  /** Other recordings are there: what was told may be wrong. */
  forget(): void {
    this.known.clear();
  }

  /** The name, why, what is nearest, and how to record it. */
  explained(miss: Miss, question: Question, more: More): Explained {
    const { missing, keys } = more;
    const key = JSON.stringify([miss.tried[0].name, question.testId, missing, keys]);
    const told = this.known.get(key) ?? this.told(miss, question, more);
    this.known.delete(key);
    this.known.set(key, told);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
    return told;
  }

  private told(miss: Miss, question: Question, { missing, keys }: More): Explained {
    const { routed, testId } = question;
    const { tried } = miss;
    const { match, schemeOf, recctl, fallback } = this.settings;
    const upstream = missing === null ? "" : ` --upstream ${missing}=URL`;
    const isPytest = /\.py$/.test(testId?.split("::", 1)[0] ?? "");
    const command = isPytest ? `pytest ${forShell(testId as string)}` : "COMMAND";
    const { toRecord = `${recctl} serve --mode record-if-missing${upstream} -- ${command}` } = this.settings;
    const isLong = JSON.stringify(question.body).length > LONG;
    const forms = [...new Set(tried.map(({ candidate }) => candidate))].slice(0, isLong ? 1 : FORMS);
    // All bases of a form are one to compare.
    const some = {
      ...miss,
      tried: tried.filter(({ candidate }) => forms.includes(candidate)) as unknown as Miss["tried"],
    };
    const cause = causeOfMiss(
      some,
      testId,
      { recordings: this.near(question), past: null, changesOf, today: schemeOf, shared: fallback, recctl },
      match,
    );
    const first = triedAs(some, cause);
    // How to record it is told already, once for all.
    const mend = cause.mend.filter(({ words }) => words[0] !== "serve");
    const asked = `${routed.route.method} ${routed.route.endpoint}${withModel(modelOf(question))}`;
    const test = testId === null ? "no test id" : `test ${testId}`;
    const lines = [
      `recctl has no recording of this request: ${first.name}`,
      `  ${asked}, ${test}${tried.length > 1 ? `; ${tried.length} forms of it were looked for` : ""}`,
      ...causeLines(cause, keys.length === 0),
      "  to record it:",
      `    ${toRecord}`,
      ...mend.map((step) => `    ${typed(step)}`),
    ];
    const reason = reasonOf(cause, keys.length === 0);
    return { text: withoutKeys(lines.join("\n"), keys), reason: withoutKeys(reason, keys), tried: first };
  }

  /** Recordings that may be near, the nearest by their heads first, until there is no time. */
  private *near(question: Question): Generator<KnownRecording> {
    const { store, clock } = this.ports;
    const end = clock() + PATIENCE;
    let read = 0;
    for (const head of ranked(store.heads(), question)) {
      if (read >= MOST || clock() > end) return;
      const request = (): ReturnType<KnownRecording["request"]> => {
        const opened = store.open(head.path);
        return opened === null || "message" in opened ? null : opened.request;
      };
      read++;
      yield { ...head, hash: readName(head.path).hash, request };
    }
  }
}

const withModel = (model: string | null): string => (model === null ? "" : ` (${model.slice(0, 100)})`);

/** Of the same API only: those of the test itself first, then those of the model. */
function ranked(heads: Iterable<KnownHead>, question: Question): KnownHead[] {
  const { route } = question.routed;
  const model = modelOf(question);
  const ranks: KnownHead[][] = [[], [], [], []];
  for (const head of heads) {
    if (head.kind !== route.kind) continue;
    if (route.kind !== "tool" && !(head.endpoint ?? "").endsWith(route.endpoint)) continue;
    const rank = (head.testId === question.testId ? 0 : 2) + (head.model === model ? 0 : 1);
    ranks[rank]?.push(head);
  }
  return ranks.flat();
}
