import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import type { JournalEntry } from "../../src/library/public.d.ts";
import { RECORDINGS, wiresOf } from "../wire/wires.ts";
import { fetchIn, piecesOf } from "./made.ts";

it.each([{}, { ttft: 50, tps: 1_000 }])(
  "under fake timers that nobody turns, a stream comes in real time (%j)",
  async (pace) => {
    const wire = [...wiresOf(RECORDINGS)].find(({ endpoint, streamed }) => endpoint === "/api/generate" && streamed);
    const { request } = JSON.parse(readFileSync(join(RECORDINGS, wire?.path as string), "utf8"));
    const entries: JournalEntry[] = [];
    const journal = (entry: JournalEntry): void => void entries.push(entry);
    const began = Date.now();
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ now: 0 });
    const fetch = fetchIn(RECORDINGS, { recordings: ".", match: "request", pace, journal });
    const response = await fetch("http://localhost:11434/api/generate", {
      method: "POST",
      body: JSON.stringify(request.body),
    });
    expect((await piecesOf(response)).length).toBeGreaterThan(2);
    await fetch.close();
    expect(Date.parse(entries[0]?.time ?? "")).toBeGreaterThanOrEqual(began);
  },
);
