import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** What a run says of the recordings that it came after. */
export interface Superseded {
  /** The path of the successor, as people see it, by the absolute path of a recording that lies beside it. */
  readonly by: ReadonlyMap<string, string>;
  /** Whether the run recorded every request anew: else a recording that it did not write may still be asked for. */
  readonly complete: boolean;
}

/** What a run says of a recording that another one came after. */
export function fromSuperseded({ place }: Candidate, superseded: Superseded | undefined): Evidence | null {
  const now = superseded?.by.get(place);
  if (now === undefined) return null;
  return superseded?.complete
    ? evidence("superseded", `the run recorded ${now} in its place`)
    : evidence("succeeded", `the run recorded ${now}, and does not tell whether this is asked for still (--complete)`);
}
