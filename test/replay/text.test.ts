import { expect, it } from "vitest";
import { dialectFor } from "../../src/dialects/index.ts";
import { framesOf } from "../../src/replay/frames.ts";
import { DEMO, demo } from "../demo.ts";

const read = (name: string): string[] => {
  const recording = demo(name);
  return framesOf(recording, dialectFor(recording.head), "text").map((frame) => frame.text);
};

it("an answer that is text is that text, in its pieces, untouched", () => {
  const pieces = read("8906e098");
  expect(pieces.filter((piece) => piece !== "").length).toBeGreaterThan(40);
  expect(pieces.join("")).not.toContain("[");
});

it("reasoning, tool calls and choices are told apart", () => {
  expect(read("c021fd96").join("")).toMatch(/^\[reasoning\]\n.+\n\n\[answer\]\n.+\n$/s);
  expect(read("5d64994c").join("")).toMatch(
    /^\[tool call\] get_tide_table \{.+\}\n\n\[tool call\] read_instruments \{.+\}\n$/s,
  );
  expect(read("3cc807e6").join("")).toMatch(/^\[choice 0\]\n.+\n\n\[choice 1\]\n.+\n$/s);
});

it("what arrives for a later choice waits until the one before it is whole", () => {
  const text = read("3cc807e6").join("");
  expect(text.indexOf("[choice 1]")).toBeGreaterThan(text.indexOf("[choice 0]") + 30);
});

it("half a character waits for its other half", () => {
  for (const piece of read("5e65e5e9")) expect(Buffer.from(piece).toString()).toBe(piece);
  expect(read("5e65e5e9").join("")).toMatch(/\p{Extended_Pictographic}/u);
});

it("a failure in mid-stream has what came before it, and no end of stream on the wire", () => {
  const recording = demo("3e34e251");
  const dialect = dialectFor(recording.head);
  expect(
    framesOf(recording, dialect, "text")
      .map(({ text }) => text)
      .join("").length,
  ).toBeGreaterThan(20);
  expect(framesOf(recording, dialect, "wire").at(-1)?.text).not.toContain("[DONE]");
});

it.each(["text", "wire", "ndjson", "raw"] as const)("every recording has a form %s", (form) => {
  for (const { file, recording, dialect } of DEMO) {
    const text = framesOf(recording, dialect, form)
      .map((frame) => frame.text)
      .join("");
    // A failure at once has brought nothing.
    const empty = form !== "raw" && recording.failure !== null && recording.body === null;
    expect([file, text === "" || (form === "ndjson" && text.trim() === "null")]).toEqual([file, empty]);
  }
});
