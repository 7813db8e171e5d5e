import { type Command, Option } from "commander";
import { dialectFor } from "../dialects/index.ts";
import { EXIT } from "../errors.ts";
import type { Failure } from "../recording/recording.ts";
import { FORMS, type Form, framesOf } from "../replay/frames.ts";
import { type Pace, paceOf } from "../replay/pacing.ts";
import { play } from "../replay/play.ts";
import { forTerminal, forTerminalJson, forTerminalLine, TerminalFlow } from "../text/escape.ts";
import type { Verb } from "./command.ts";
import { paceOptions } from "./pace.ts";
import { openNamed } from "./resolve.ts";

interface ReplayOptions extends Pace {
  as: Form;
  plan?: boolean;
  index?: boolean;
}

export const replay: Verb<ReplayOptions> = {
  examples: [
    ["recctl replay 5d64", "the answer as people read it"],
    ["recctl replay 5d64 --ttft 400 --tps 30", "at the pace of a model"],
    ["recctl replay 5d64 --as wire | head -3", "the first lines of the API"],
    ["recctl replay 'test_x.py::test_y#2' --as ndjson", "a chunk a line"],
  ],
  exits: [
    [0, "replayed whole"],
    [1, "the recording is a failure: what came before it was replayed"],
    [2, "no such recording, an ambiguous id, or a broken file"],
  ],
  define(command: Command) {
    const forms = Object.entries(FORMS).map(([form, what]) => `  ${form.padEnd(7)} ${what}`);
    command.description(`Streams the response of a recording to stdout, in one of these forms:\n${forms.join("\n")}`);
    command.argument("<id>", "id, path or TEST_ID#N");
    command.addOption(new Option("--as <form>", "what to write").choices(Object.keys(FORMS)).default("text"));
    paceOptions(command);
    command.option("--plan", "write when each piece would be sent (JSON lines: ms, content, text), and send nothing");
    command.option("--no-index", "read every file, without the index");
  },
  async run([ref = ""], options, context) {
    const { io } = context;
    const { path, recording } = await openNamed(ref, options, context);
    const frames = framesOf(recording, dialectFor(recording.head), options.as);
    if (options.plan) {
      const times = paceOf(frames, options);
      const lines = frames.map(
        ({ content, text }, index) => `${JSON.stringify({ ms: times[index], content, text })}\n`,
      );
      await io.stdout.write(io.stdout.terminal ? forTerminalJson(lines.join("")) : lines.join(""));
      return { exit: EXIT.ok };
    }
    let last = "\n";
    const flow = io.stdout.terminal ? new TerminalFlow() : undefined;
    await play(frames, options, {
      clock: io.clock,
      sleep: io.sleep,
      async write(text) {
        last = text.slice(-1);
        await io.stdout.write(flow?.add(text) ?? text);
        await io.breathe();
      },
    });
    // The shell's prompt should not stand behind the answer; a pipe gets what was recorded, no more.
    if (flow) await io.stdout.write(flow.end() + (last === "\n" ? "" : "\n"));
    return recording.failure ? { exit: EXIT.no, notes: failureNotes(recording.failure, path) } : { exit: EXIT.ok };
  },
};

function failureNotes(failure: Failure, path: string): string[] {
  const status = failure.status === null ? "" : ` (status ${failure.status})`;
  return [
    forTerminal(`recorded failure: ${failure.type ?? failure.category ?? "unknown"}${status}: ${failure.message}`),
    forTerminalLine(`  in   ${path}`),
  ];
}
