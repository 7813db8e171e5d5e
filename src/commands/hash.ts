import { type Command, InvalidArgumentError, Option } from "commander";
import { SCHEME_IDS } from "../checks/today.ts";
import { EXIT, UsageError, UserError } from "../errors.ts";
import { type Flaw, parseDocument, readDocument } from "../recording/document.ts";
import { asObject, JsonObject, type JsonValue } from "../recording/json/value.ts";
import { kindOf } from "../recording/kinds.ts";
import { readName } from "../recording/name.ts";
import { type Hashable, hashesOf, SCHEMES, verifying } from "../recording/names/schemes.ts";
import { type Hashed, hashReport, newNameReport } from "../report/hash.ts";
import { fileBytes } from "../store/open.ts";
import { absolute, kindAt } from "../store/paths.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Context, Outcome, Verb } from "./command.ts";
import { findFiles } from "./finding.ts";
import { outputOptions } from "./output.ts";
import { progress } from "./progress.ts";
import { pathOf } from "./resolve.ts";

interface HashOptions {
  request?: string;
  testId?: string;
  method?: string;
  url?: string;
  scheme?: string;
}

export const hash: Verb<HashOptions> = {
  examples: [
    ["recctl hash", "the name of each, and its schemes"],
    ["recctl hash 5d64 --json", "of one, with every scheme"],
    ["recctl hash --request r.json", "of a request as recordings store it"],
    ["recctl hash --request - --url URL", "of a body on stdin"],
    ["recctl hash --request r.json --scheme ID", "that name alone"],
  ],
  exits: [
    [0, "told, broken files included (a line each on stderr)"],
    [2, "wrong usage, no such recording, or a request that no scheme names"],
  ],
  define(command: Command) {
    command.description(
      "Computes names: of recordings as they are stored, or of a new request. The name of a model list also has a " +
        "digest of the answer behind its hash.",
    );
    command.argument("[id...]", "ids, paths, folders or globs; without, every recording");
    const group = "A new request:";
    const add = (option: Option): void => {
      command.addOption(option.helpGroup(group));
    };
    add(new Option("--request <file>", "a recording, its request, or a body; - is stdin"));
    add(new Option("--test-id <id>", "the test that asks; without, the request's own, else null"));
    add(new Option("--method <method>", "of a body").default("POST"));
    add(new Option("--url <url>", "of a body: base url and endpoint, as the recorder joins them"));
    add(new Option("--scheme <id>", "the name under this scheme alone").argParser(schemeId));
    outputOptions(command, ["text", "json", "ndjson"]);
  },
  async run(args, options, context) {
    if (options.request !== undefined) return newName(args, { ...options, request: options.request }, context);
    const only = (["testId", "url", "scheme"] as const).find((name) => options[name] !== undefined);
    if (only) throw new UsageError("--test-id, --url and --scheme speak of a new request: give --request FILE");
    return storedNames(args, context);
  },
};

function schemeId(value: string): string {
  if (!SCHEME_IDS.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${SCHEME_IDS.join(", ")}.`);
  return value;
}

async function storedNames(args: readonly string[], context: Context): Promise<Outcome> {
  const paths = await pathsOf(args, context);
  const shown = progress(context.io, "hashing");
  const reader = new FileReader();
  const hashed: Hashed[] = [];
  const notes: string[] = [];
  try {
    for (const [done, path] of paths.entries()) {
      await shown.step(done, paths.length);
      const one = hashFile(reader, path, context);
      if ("message" in one) notes.push(forTerminalLine(`${path}:${one.line}:${one.column}: ${one.message}`));
      else hashed.push(one);
    }
  } finally {
    await shown.end();
  }
  return { exit: EXIT.ok, report: hashReport(hashed), notes };
}

/** Files as they were typed, in that order; ids become paths. */
async function pathsOf(args: readonly string[], context: Context): Promise<string[]> {
  const paths: string[] = [];
  for (const arg of args) {
    const kind = kindAt({ cwd: context.cwd }, arg);
    if (kind === "file") paths.push(arg);
    else if (kind === "folder" || /[*?[{]/.test(arg)) paths.push(...(await found([arg], context)));
    else paths.push(await pathOf(arg, {}, context));
  }
  return args.length > 0 ? paths : found([], context);
}

async function found(args: readonly string[], context: Context): Promise<string[]> {
  const { folders } = await findFiles(args, false, context);
  return folders.flatMap(({ shown, names }) => names.map((name) => (shown === "" ? name : `${shown}/${name}`)));
}

function hashFile(reader: FileReader, path: string, { cwd }: Context): Hashed | Flaw {
  try {
    const document = readDocument(reader.read(absolute({ cwd }, path)).bytes);
    if ("message" in document) return document;
    const { root } = document;
    const request = root.get("request") as JsonObject;
    const hashes = hashesOf({ kind: kindOf(new Set(request.keys)), request, testId: root.get("test_id") ?? null });
    const name = readName(path).hash;
    return { path, name, verifies: verifying(name, hashes), schemes: hashes };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { line: 1, column: 1, message: error.message };
  }
}

async function newName(
  args: readonly string[],
  options: HashOptions & { request: string },
  context: Context,
): Promise<Outcome> {
  if (args.length > 0) throw new UsageError("a new request has no id: give either --request FILE or ids");
  const hashable = await newRequest(options, context);
  const hashes = hashesOf(hashable);
  if (hashes.size === 0) {
    throw new UserError("no scheme names such a request", {
      place: options.request,
      remedy: "store it with method, url and body (or payload), or with provider, tool_name and kwargs",
    });
  }
  const { scheme } = options;
  const wanted = scheme === undefined ? undefined : hashes.get(scheme);
  if (scheme !== undefined && wanted === undefined) {
    const known = SCHEMES.filter(({ kind }) => kind === hashable.kind).map(({ id }) => id);
    throw new UsageError(`${scheme} names no ${hashable.kind} requests, but ${known.join(", ")} do`);
  }
  return { exit: EXIT.ok, report: newNameReport(hashes, wanted) };
}

/** The request in a file or on stdin: one as recordings store it, or the body of one. */
async function newRequest(options: HashOptions & { request: string }, context: Context): Promise<Hashable> {
  const { request: from, url, method = "POST" } = options;
  const bytes = from === "-" ? await context.io.stdin() : fileBytes({ cwd: context.cwd }, from);
  const parsed = parseDocument(bytes);
  if ("message" in parsed) {
    const place = `${from === "-" ? "stdin" : from}:${parsed.line}:${parsed.column}`;
    throw new UserError(parsed.message, { place, remedy: "give the request's body as JSON" });
  }
  const root = asObject(parsed.root);
  // As `why` takes it: a recording has its request, and says its test beside that.
  const stored = asObject(root?.get("request")) ?? root;
  const kind = stored ? kindOf(new Set(stored.keys)) : "unknown";
  if (stored && kind !== "unknown" && url === undefined) {
    return { kind, request: stored, testId: options.testId ?? root?.get("test_id") ?? stored.get("test_id") ?? null };
  }
  if (url === undefined) {
    throw new UsageError("a body alone has no name: give --url, base url and endpoint as the recorder joins them", {
      remedy: `recctl hash --request ${from} --url https://api.openai.com/v1/v1/chat/completions`,
    });
  }
  const values: JsonValue[] = [method, url, parsed.root];
  return {
    kind: "inference",
    request: new JsonObject(["method", "url", "body"], values),
    testId: options.testId ?? null,
  };
}
