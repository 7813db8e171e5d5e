import type { VerbEntry } from "./command.ts";

/** The table of commands. Each is loaded when it is used: `ls` must not wait for what it never calls. */
export const VERBS: readonly VerbEntry[] = [
  {
    name: "ls",
    summary: "list recordings, filtered, sorted or grouped",
    load: async () => (await import("./ls.ts")).ls,
  },
  { name: "show", summary: "show one recording as a conversation", load: async () => (await import("./show.ts")).show },
  {
    name: "replay",
    summary: "stream a recorded response to stdout",
    load: async () => (await import("./replay.ts")).replay,
  },
  {
    name: "index",
    summary: "rebuild the index and tell its state",
    load: async () => (await import("./reindex.ts")).reindex,
  },
  {
    name: "completion",
    summary: "print a script that completes recctl in your shell",
    load: async () => (await import("./completion.ts")).completion,
  },
];
