import type { Bad } from "./case.ts";
import { bodyBut, type Files, type Loose, lineOf, ownBut } from "./fixtures.ts";

/** Streams of the project, by the API that they speak. */
export const CHAT = "b61d";
export const RESPONSES = "1f2c";
export const OLLAMA = "df87";
export const ANTHROPIC = "a314";
export const GENAI = "28f4";
export const GEMINI = "e748";

/** Gemini interactions that end with a call of a tool. */
export const geminiCall = (call: object): Files =>
  bodyBut(GEMINI, (lines: string[]) => {
    const event = (type: string, rest: object): string[] => [
      `event: ${type}`,
      `data: ${JSON.stringify({ ...rest, event_type: type })}`,
      "",
    ];
    lines.splice(
      lineOf(lines, "event: interaction.complete"),
      0,
      ...event("content.start", { index: 2, content: { type: "function_call" } }),
      ...event("content.delta", { index: 2, delta: { type: "function_call", ...call } }),
      ...event("content.stop", { index: 2 }),
    );
  });

export const CALL = { id: "call_1", name: "ring_bell", arguments: { times: 2 } };

/** The data of the event at a line, changed. */
export function dataBut(lines: string[], at: number, change: (data: Loose) => void): void {
  const data = JSON.parse((lines[at] as string).slice("data: ".length));
  change(data);
  lines[at] = `data: ${JSON.stringify(data)}`;
}

export const toolOf = (chunk: Loose): Loose => chunk.__data__.choices[0].delta.tool_calls[0];

export interface Told extends Partial<Bad> {
  at: string;
  says: RegExp;
}

export const bad = (name: string, files: () => Files, { at, says, points = "{", ...rest }: Told): Bad => ({
  rule: "stream",
  name,
  files,
  severity: "error",
  at,
  points,
  says,
  remedy: /^record it anew, or take it from an earlier commit: git log --oneline -- recordings\/[\w-]+\.json$/,
  ...rest,
});

export const chunk = (at: number): string => `response.body[${at}]`;
export const lines = (start: string, change: (body: string[]) => unknown): (() => Files) => {
  return () => bodyBut(start, change);
};
export const NO_FINISH = /never finishes/;
export const NO_JSON = /arguments of this tool call do not add up to JSON/;
export const NO_ID = /a tool call without an id/;
export const NO_NAME = /a tool call without a name/;
export const flag = (start: string, value: boolean): (() => Files) => {
  return () =>
    ownBut(start, ({ response }) => {
      response.is_streaming = value;
    });
};
export const FLAG = "response.is_streaming";
export const also = ["schema"];
