import { type Command, InvalidArgumentError } from "commander";
import { dialectFor } from "../dialects/index.ts";
import { assemble } from "../dialects/message.ts";
import { askedOf, piecesOf, unitsOf } from "../dialects/units.ts";
import { EXIT, UsageError, UserError } from "../errors.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { INDENTED, PYTHON_INDENTED, writeJson } from "../recording/json/write.ts";
import { readName, shortId } from "../recording/name.ts";
import type { Recording } from "../recording/recording.ts";
import type { Report } from "../report/report.ts";
import { showReport, storedReport } from "../report/show.ts";
import { fileBytes } from "../store/open.ts";
import type { Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { openNamed, pathOf } from "./resolve.ts";

interface ShowOptions {
  raw?: boolean;
  request?: boolean;
  response?: boolean;
  chunk?: number;
  index?: boolean;
}

function chunkNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("Chunks are counted from 1.");
  return Number(value);
}

export const show: Verb<ShowOptions> = {
  examples: [
    ["recctl show 5d64", "what was asked and answered"],
    ["recctl show 'test_x.py::test_y[gpt-4o]#2'", "the second request of a test"],
    ["recctl show 5d64 --chunk 3", "the third chunk as it was recorded"],
    ["recctl show 5d64 --raw --request", "the request as it is stored"],
    ["recctl show 5d64 --json", "the same, for machines"],
  ],
  exits: [
    [0, "shown, a recorded failure too"],
    [2, "no such recording, an ambiguous id, or a broken file"],
  ],
  define(command: Command) {
    command.description(
      "Shows one recording: the request as a conversation, the response as the message it adds up to. " +
        "ID is 4 or more characters of the hash in the file's name, a path, or TEST_ID#N (N-th request, from 1).",
    );
    command.argument("<id>", "id, path or TEST_ID#N");
    command.option("--raw", "the text of the file, or with --request or --response that part as it is stored");
    command.option("--request", "the request alone");
    command.option("--response", "the response alone");
    command.option("--chunk <n>", "chunk N of the stream, from 1; of server-sent events, event N", chunkNumber);
    command.option("--no-index", "read every file, without the index");
    outputOptions(command, ["text", "json", "ndjson"]);
  },
  async run([ref = ""], options, context) {
    if (options.raw && !options.request && !options.response && options.chunk === undefined) {
      const path = await pathOf(ref, options, context);
      return { exit: EXIT.ok, report: rawReport(path, context.cwd) };
    }
    const { path, recording } = await openNamed(ref, options, context);
    if (options.chunk !== undefined) return { exit: EXIT.ok, report: chunkReport(recording, options.chunk, path) };
    const both = options.request === options.response;
    const halves = { request: both || options.request === true, response: both || options.response === true };
    if (options.raw) {
      if (both)
        throw new UsageError("--raw shows one part, or without either the whole file: give --request or --response");
      const name = halves.request ? "request" : "response";
      const value = recording[name];
      return { exit: EXIT.ok, report: storedReport(name, value, writeJson(value, PYTHON_INDENTED)) };
    }
    const dialect = dialectFor(recording.head);
    const shown = {
      path,
      bytes: recording.bytes,
      dialect: dialect.id,
      recording,
      asked: askedOf(recording, dialect),
      answer: assemble(piecesOf(recording, dialect)),
    };
    return { exit: EXIT.ok, report: showReport(shown, readName(path).id, halves) };
  },
};

/** The file as it is, broken or not. */
function rawReport(path: string, cwd: string): Report {
  const bytes = fileBytes({ cwd }, path);
  const text = bytes.toString("utf8");
  return { ...storedReport("text", text, text), bytes };
}

function chunkReport(recording: Recording, number: number, path: string): Report {
  const units = unitsOf(recording, dialectFor(recording.head));
  const unit = units[number - 1];
  if (!unit) {
    throw new UserError(
      units.length === 0
        ? "the recording did not stream: it has no chunks"
        : `there is no chunk ${number}: the stream has ${units.length}`,
      { place: path, remedy: `recctl show ${shortId(readName(path).id)} --response` },
    );
  }
  const lines = unit.stored.every((chunk) => typeof chunk === "string");
  const value: JsonValue = unit.stored.length === 1 ? (unit.stored[0] as JsonValue) : unit.stored;
  return storedReport("chunk", value, lines ? unit.stored.join("\n") : writeJson(value, INDENTED));
}
