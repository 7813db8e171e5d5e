import type { Change } from "../../compare/change.ts";
import { type Cause, changesText, type Near, needsTitle, seenByNames, titleOf } from "../../compare/why/index.ts";
import { pathText } from "../../recording/json/locate.ts";
import { shortId } from "../../recording/name.ts";

/** How many places a line names. */
const MOST = 3;

const certainty = ({ kind, proven }: Cause): string => (kind === "unknown" ? "" : proven ? " (proven)" : " (likely)");

/** A miss in one line: why, and in which places the nearest recording differs; `values`: whether these may be told. */
export function reasonOf(cause: Cause, values = true): string {
  const [first] = cause.nearest;
  const near = first?.changes ? nearText(first, cause.asked.testId) : "";
  // Where the request changed, the places say more than the cause's own words, which name both values.
  const said = !values || (cause.kind === "request changed" && near !== "") ? [near] : [cause.differs, near];
  return [`why${certainty(cause)}`, titleOf(cause), said.filter((part) => part !== "").join("; ")]
    .filter((part) => part !== "")
    .join(": ")
    .replace(/\s+/g, " ");
}

/** `differs from 5078ac80 in body.messages[0].content` */
function nearText({ recording, changes }: Near, testId: string | null): string {
  const id = shortId(recording.hash);
  const places = placesOf(changes ?? []);
  if (places.length > 0) return `differs from ${id} in ${places}`;
  if (recording.testId === testId) return `${id} is the same request`;
  return `${id} is the same request, recorded by ${recording.testId ?? "no test"}`;
}

function placesOf(changes: readonly Change[]): string {
  const of = ({ to, from }: Change): string => pathText(to ?? from ?? []) || "the whole request";
  const places = [...new Set(seenByNames(changes).map(of))];
  const more = places.length - MOST;
  return places.slice(0, MOST).join(", ") + (more > 0 ? `, and ${more} more` : "");
}

/** A miss in several lines: why, what shows it, and what is nearest; `values`: whether these may be told, and not only their places. */
export function causeLines(cause: Cause, values = true): string[] {
  const differs = cause.differs === "" || !values ? "" : `: ${cause.differs}`;
  const textOf = values ? changesText : placesOf;
  const near = cause.nearest.map(({ recording, changes }) => {
    const what = changes === null ? "what differs was not looked at" : textOf(changes) || "the same but for its test";
    return `    ${shortId(recording.hash)}  ${recording.testId ?? recording.path}: ${what}`;
  });
  const [first] = cause.nearest;
  const evidence = (values ? cause.evidence : []).map((line) =>
    first && needsTitle(line) ? nearText(first, cause.asked.testId) : line,
  );
  return [
    `  why${certainty(cause)}: ${titleOf(cause)}${differs}`,
    ...evidence.map((line) => `    ${line}`),
    ...(near.length > 0 ? ["  nearest recordings:", ...near] : []),
  ];
}
