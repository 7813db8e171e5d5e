import type { VerbEntry } from "./command.ts";
import { ls } from "./ls.ts";
import { reindex } from "./reindex.ts";
import { replay } from "./replay.ts";
import { show } from "./show.ts";

/**
 * The table of commands. Those that need nothing but what `ls` needs come with it: every further file
 * costs a millisecond to load. What brings a library of its own is loaded when it is used.
 */
export const VERBS: readonly VerbEntry[] = [
  {
    name: "ls",
    summary: "list recordings, filtered, sorted or grouped",
    load: async () => ls,
  },
  { name: "show", summary: "show one recording as a conversation", load: async () => show },
  {
    name: "replay",
    summary: "stream a recorded response to stdout",
    load: async () => replay,
  },
  {
    name: "serve",
    summary: "serve recordings over HTTP, and record new ones",
    load: async () => (await import("./serve.ts")).serve,
  },
  {
    name: "browse",
    summary: "look at recordings: test, request, chunks",
    load: async () => (await import("./browse.ts")).browse,
  },
  {
    name: "validate",
    summary: "check recordings against every rule, names included",
    load: async () => (await import("./validate.ts")).validate,
  },
  {
    name: "diff",
    summary: "tell what a new test run changed",
    load: async () => (await import("./diff.ts")).diff,
  },
  {
    name: "why",
    summary: "tell why a look-up missed",
    load: async () => (await import("./why.ts")).why,
  },
  {
    name: "hash",
    summary: "compute names: of recordings, or of a new request",
    load: async () => (await import("./hash.ts")).hash,
  },
  {
    name: "prune",
    summary: "find recordings that no test uses, and remove them",
    load: async () => (await import("./prune.ts")).prune,
  },
  {
    name: "rekey",
    summary: "give recordings their name under today's scheme",
    load: async () => (await import("./rekey.ts")).rekey,
  },
  {
    name: "redact",
    summary: "take secrets out of recordings",
    load: async () => (await import("./redact.ts")).redact,
  },
  {
    name: "index",
    summary: "rebuild the index and tell its state",
    load: async () => reindex,
  },
  {
    name: "config",
    summary: "show what is configured, and where",
    load: async () => (await import("./config.ts")).config,
  },
  {
    name: "undo",
    summary: "take back the last change of files",
    load: async () => (await import("./undo.ts")).undo,
  },
  {
    name: "schema",
    summary: "print the JSON Schema of recordings",
    load: async () => (await import("./schema.ts")).schema,
  },
  {
    name: "completion",
    summary: "print a script that completes recctl in your shell",
    load: async () => (await import("./completion.ts")).completion,
  },
];
