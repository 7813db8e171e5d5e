import type { Entry } from "../../listing/entry.ts";
import { sha256 } from "../../recording/digest.ts";
import type { Flaw } from "../../recording/document.ts";
import type { Head } from "../../recording/head.ts";
import { asString } from "../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { namesOf } from "../../recording/names/schemes.ts";
import type { Recording } from "../../recording/recording.ts";
import type { MatchMode } from "../../server/matching/match.ts";
import type { Indexed } from "../../server/matching/store.ts";

/** Recordings as matching wants them, out of their heads; those are opened of which more is needed. */
export function indexedOf(
  entries: readonly Entry[],
  match: MatchMode,
  open: (path: string) => Recording | Flaw | null,
): Indexed[] {
  return entries.map(({ path, head }) => indexed(path, head, match, open));
}

export function indexed(
  path: string,
  head: Head,
  match: MatchMode,
  open: (path: string) => Recording | Flaw | null,
): Indexed {
  const whole = (): Recording | null => {
    const opened = open(path);
    return opened === null || "message" in opened ? null : opened;
  };
  return {
    path,
    head,
    request: match === "request" ? requestName(whole()) : null,
    provider: head.kind === "tool" ? (asString(whole()?.request.get("provider")) ?? null) : null,
    // Asked for rarely: where several recordings fit.
    answer: () => sha256(writeJson(whole()?.response ?? null, COMPACT)),
  };
}

function requestName(recording: Recording | null): string | null {
  if (!recording) return null;
  const { head, request, root } = recording;
  return namesOf({ kind: head.kind, request, testId: root.get("test_id") ?? null }).request;
}
