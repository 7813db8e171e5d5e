import { expect, it } from "vitest";
import { type Pace, paceOf } from "../../src/replay/pacing.ts";
import { play } from "../../src/replay/play.ts";

const frames = [false, true, false, true, true, false].map((content, at) => ({ text: String(at), content }));

it.each<[string, Pace, number[]]>([
  ["at once", {}, [0, 0, 0, 0, 0, 0]],
  ["after the first token", { ttft: 400 }, [0, 400, 400, 400, 400, 400]],
  ["content chunks a second, others with the one before", { ttft: 100, tps: 10 }, [0, 100, 100, 200, 300, 300]],
  ["no drift: pauses are rounded once", { tps: 3 }, [0, 0, 0, 333, 667, 667]],
])("%s", (_, pace, times) => {
  expect(paceOf(frames, pace)).toEqual(times);
});

it("jitter stays within its part of each pause, and a seed gives the same plan again", () => {
  const many = Array.from({ length: 500 }, () => ({ content: true }));
  const pace = { ttft: 100, tps: 10, jitter: 0.5, seed: 42 };
  const times = paceOf(many, pace);
  expect(paceOf(many, pace)).toEqual(times);
  expect(paceOf(many, { ...pace, seed: 43 })).not.toEqual(times);
  const pauses = times.map((time, at) => time - (times[at - 1] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(49);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(151);
  expect(new Set(pauses).size).toBeGreaterThan(20);
  expect(times.at(-1)).toBeGreaterThan(45_000);
});

it("the plan of a seed is the same on every machine and in every version", () => {
  expect(paceOf(frames, { ttft: 500, tps: 20, jitter: 0.4, seed: 7 })).toMatchInlineSnapshot(`
    [
      0,
      305,
      305,
      337,
      406,
      406,
    ]
  `);
});

it("frames are sent at their times; a slow reader sets the pace, and nothing is sent twice", async () => {
  let now = 0;
  const sent: [string, number][] = [];
  await play(
    frames,
    { ttft: 100, tps: 10 },
    {
      clock: () => now,
      sleep: async (ms) => {
        now += ms;
      },
      write: async (text) => {
        sent.push([text, now]);
        if (text === "1") now += 150;
      },
    },
  );
  expect(sent).toEqual([
    ["0", 0],
    ["1", 100],
    ["2", 250],
    ["3", 250],
    ["4", 300],
    ["5", 300],
  ]);
});
