import type { Look, Paint } from "../../text/style.ts";
import type { Evidence } from "../../usage/verdicts/index.ts";
import { remembering } from "../state/memo.ts";
import type { Judgement, Known } from "../state/state.ts";
import { said, unknownLines } from "./told.ts";

/** How evidence speaks, as a sign and a look. */
const SPEAKS: Readonly<Record<Evidence["speaks"], { sign: string; look: Look }>> = {
  for: { sign: "+", look: "good" },
  against: { sign: "-", look: "bad" },
  neither: { sign: "·", look: "faint" },
};

/** The verdict of `prune` on a recording, all that it rests on, and what follows. */
export const verdictOf = remembering(
  (
    path: string,
    known: Known<ReadonlyMap<string, Judgement>>,
    recctl: string,
    columns: number,
    paint: Paint,
  ): readonly string[] => {
    if (known.is !== "known") return unknownLines(known, "looking for what uses it…", columns, paint);
    const found = known.value.get(path);
    if (!found) return said("prune gives no verdict on it", 0, columns, paint, "faint");
    const { verdict, because, evidence, goes } = found;
    const look: Look = goes ? "bad" : verdict === "unknown" ? "warn" : "good";
    return [
      ...said(verdict, 0, columns, paint, look),
      ...said(because, 2, columns, paint),
      ...said(`prune would ${goes ? "remove it" : "leave it where it is"}`, 2, columns, paint, "heading"),
      "",
      ...evidence.flatMap((one) => evidenceLines(one, columns, paint)),
      ...(evidence.length > 0 ? [""] : []),
      ...said("more evidence, from what pytest collects and from runs:", 0, columns, paint, "faint"),
      ...said(`${recctl} prune --collected ids.txt --run run.log`, 2, columns, paint, "faint"),
    ];
  },
);

/** Which source, whether it speaks for keeping the recording or against, and what it says. */
function evidenceLines({ source, speaks, says }: Evidence, columns: number, paint: Paint): string[] {
  const { sign, look } = SPEAKS[speaks];
  const words = speaks === "neither" ? "neither for nor against" : `${speaks} keeping it`;
  const [first = "", ...rest] = said(`${sign} ${source}, ${words}`, 0, columns, paint);
  return [paint(look, first), ...rest, ...said(says, 2, columns, paint)];
}
