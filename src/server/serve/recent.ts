import type { Matched, Question } from "../matching/match.ts";
import type { Recordings } from "../matching/store.ts";
import { clientOf } from "./family.ts";
import type { Asked } from "./types.ts";

/** How many requests are remembered, and how much of their bodies. */
const MOST = 512;
const MOST_BYTES = 8_000_000;

/** A request that was found before. */
export interface Found {
  readonly question: Question;
  readonly path: string;
  readonly matched: Extract<Matched, { kind: "hit" }>;
}

/** Headers of which the test id is told. */
const TOLD = ["x-ogx-provider-data", "x-llamastack-provider-data", "x-test-id"];

/**
 * What requests found, by their very bytes, while the recordings are the same: tests ask the same again and again, and to read a body
 * and hash it takes longer than all else.
 */
export class Recent {
  private readonly found = new Map<string, Found>();
  private bytes = 0;
  private of: Recordings | null = null;

  keyOf({ method, target, headers, body }: Asked): string | null {
    if (body.length > MOST_BYTES / 8) return null;
    // A path that several APIs have is told apart by whose client asks.
    const client = clientOf({ headers });
    const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
    return [method, target, client, ...TOLD.map((name) => headers[name] ?? ""), text].join("\n");
  }

  get(key: string | null, recordings: Recordings): Found | undefined {
    this.only(recordings);
    return key === null ? undefined : this.found.get(key);
  }

  keep(key: string | null, found: Found, recordings: Recordings): void {
    this.only(recordings);
    if (key === null || this.found.has(key)) return;
    this.found.set(key, found);
    this.bytes += key.length;
    for (const oldest of this.found.keys()) {
      if (this.found.size <= MOST && this.bytes <= MOST_BYTES) break;
      this.found.delete(oldest);
      this.bytes -= oldest.length;
    }
  }

  private only(recordings: Recordings): void {
    if (this.of === recordings) return;
    this.of = recordings;
    this.found.clear();
    this.bytes = 0;
  }
}
