import { readName } from "../../src/recording/name.ts";
import type { Case } from "./verdict-cases.ts";
import { cutLog, F, H, log, NEWEST, OTHER, outcomes, quiet, said } from "./verdict-tree.ts";

const Y = `${F}::test_y`;
const P = `${F}::test_y[a]b-[c]]`;
const Z = `${F}::test_z`;
const files = { [F]: "def test_y(): pass" };
const without = { [F]: "def test_z(): pass" };
const other = H("b");
const passed = outcomes("PASSED", Y);

const stored = (hash: string): string =>
  said(
    "[RECORDING DEBUG] Storing recording:",
    `  Request hash: ${hash}`,
    `  File: /r/${hash}.json`,
    `  Test ID: ${Y}`,
  ).join("");

/** Of runs. */
export const RUNS: readonly Case[] = [
  ["its test passed without it", { files, runs: [log([Y, other]), passed] }, "not hit"],
  [
    "its test is collected, and passed without it",
    { files, collected: [quiet(Y)], runs: [log([Y, other]), passed] },
    "not hit",
  ],
  ["found", { files, runs: [log([Y, H("a")]), passed] }, "used"],
  ["the last test of a log that has no end", { files, runs: [cutLog([Y, other]), passed] }, "used"],
  ["an earlier test of a log that has no end", { files, runs: [cutLog([Y, other], [Z, other]), passed] }, "not hit"],
  ["found, and its test is gone", { files: without, runs: [log([Y, H("a")]), passed] }, "used"],
  ["found, and its test is not collected", { files, collected: [quiet(Z)], runs: [log([Y, H("a")]), passed] }, "used"],
  ["found by another test", { files, runs: [log([Y, other], [Z, H("a")]), outcomes("PASSED", Y, Z)] }, "used"],
  ["missed, where it does not lie", { files, runs: [log([Y, H("a"), "missed"]), passed] }, "used"],
  ["stored", { files, runs: [`${log([Y, other])}${stored(H("a"))}`, passed] }, "used"],
  ["named anywhere in the log", { files, runs: [`${log([Y, other])}{"event": "see ${H("a")}"}\n`, passed] }, "used"],
  ["a failed run", { files, runs: [log([Y, other]), outcomes("FAILED", Y)] }, "used"],
  ["a skipped test", { files, runs: [log([Y, other]), outcomes("SKIPPED", Y)] }, "used"],
  ["no outcomes", { files, runs: [log([Y, other])] }, "used"],
  ["outcomes alone", { files, runs: [passed] }, "used"],
  ["an outcome of another test", { files, runs: [log([Y, other]), outcomes("PASSED", Z)] }, "used"],
  [
    "a run that was stopped",
    { files, runs: [log([Y, other]), passed.replace("===", "!!!!! stopping !!!!!\n===")] },
    "used",
  ],
  ["a hash that was lost", { files, runs: [log([Y, other]) + log([Z, "ab"]), outcomes("PASSED", Y, Z)] }, "used"],
  ["newer than its log", { files, of: { recorded: Date.UTC(2026, 6, 1) }, runs: [log([Y, other]), passed] }, "unknown"],
  ["as old as its log", { files, of: { recorded: Date.UTC(2026, 5, 1) }, runs: [log([Y, other]), passed] }, "unknown"],
  [
    "newer than its log, collected",
    { files, of: { recorded: Date.UTC(2026, 6, 1) }, collected: [quiet(Y)], runs: [log([Y, other]), passed] },
    "unknown",
  ],
  [
    "newer than its log, its test gone",
    { files: without, of: { recorded: Date.UTC(2026, 6, 1) }, runs: [log([Y, other]), passed] },
    "test gone",
  ],
  [
    "newer than a log that found it",
    { files, of: { recorded: Date.UTC(2026, 6, 1) }, runs: [log([Y, H("a")]), passed] },
    "used",
  ],
  ["of no time", { files, of: { recorded: null }, runs: [log([Y, other]), passed] }, "used"],
  ["a log of no time", { files, began: null, runs: [log([Y, other]), passed] }, "used"],
  ["a kind without look-ups", { files, of: { kind: "file-processor" }, runs: [log([Y, other]), passed] }, "used"],
  ["a name that is no hash", { files, of: { name: readName("x.json") }, runs: [log([Y, other]), passed] }, "used"],
  [
    "an old short name",
    { files, of: { name: readName("0123456789ab.json") }, runs: [log([Y, other]), passed] },
    "not hit",
  ],
  [
    "an old short name of a hash in the log",
    { files, of: { name: readName("bbbbbbbbbbbb.json") }, runs: [log([Y, other]), passed] },
    "used",
  ],
];

const list = { path: `tests/a/recordings/models-${H("c")}-01234567.json` };
const YZ = outcomes("PASSED", Y, Z);

/** Of what other tests than its own find too. */
export const ANYONES: readonly Case[] = [
  ["a list, its test gone", { files: without, of: list }, "shared"],
  ["a list, its test there", { files, of: list }, "used"],
  ["a list, its test not collected", { files, of: list, collected: [quiet(Z)] }, "shared"],
  ["a list that nothing is known of", { files: null, of: list }, "shared"],
  ["a list whose hash was computed", { files, of: list, runs: [log([Y, H("c"), "list"]), passed] }, "used"],
  ["a list whose hash was not, other tests unknown", { files, of: list, runs: [log([Y, other]), passed] }, "used"],
  [
    "a list that no test of its folder asks for",
    { files, of: list, collected: [quiet(Y)], runs: [log([Y, other]), passed] },
    "not hit",
  ],
  [
    "another test of its folder did not run",
    { files, of: list, collected: [quiet(Y, Z)], runs: [log([Y, other]), passed] },
    "used",
  ],
  [
    "another test of its folder ran too",
    { files, of: list, collected: [quiet(Y, Z)], runs: [log([Y, other], [Z, other]), YZ] },
    "not hit",
  ],
  [
    "a test of another folder did not run",
    { files, of: list, collected: [quiet(Y, `${OTHER}::test_one`)], runs: [log([Y, other]), passed] },
    "not hit",
  ],
  [
    "a test of another folder did not run, and the list lies where all look",
    {
      files,
      of: { path: list.path.replace("/a/", "/common/") },
      collected: [quiet(Y, `${OTHER}::test_one`)],
      runs: [log([Y, other]), passed],
    },
    "used",
  ],
  ["a tool, its test gone", { files: without, of: { kind: "tool", verifies: ["tool-2025-10-09"] } }, "shared"],
  ["an http call, its test gone", { files: without, of: { kind: "http", verifies: ["http-2026-04-09"] } }, "test gone"],
  ["a name of the first scheme, its test gone", { files: without, of: { verifies: ["2025-07-29"] } }, "shared"],
  ["a name of the second scheme, its test gone", { files: without, of: { verifies: ["2025-10-04"] } }, "test gone"],
  ["no test", { id: null, files }, "shared"],
  ["no test, not collected", { id: null, files, collected: [quiet(Z)], runs: [log([Y, other]), passed] }, "shared"],
  ["no test, an old name", { id: null, files, of: { verifies: [] }, unreachable: true }, "shared"],
];

const older = { verifies: ["2025-10-09", "2025-11-03"] };

/** Of names, and of what is to be kept. */
export const NAMES_AND_KEEP: readonly Case[] = [
  ["an older name", { files, of: older, unreachable: true }, "unreachable"],
  ["an older name, no flag", { files, of: older }, "used"],
  ["an older name, today guessed", { files, of: older, unreachable: true, guessed: true }, "used"],
  [
    "an older name that today's recorder makes too",
    { files, of: older, unreachable: true, scheme: "2025-11-03" },
    "used",
  ],
  ["an older name that a run found", { files, of: older, unreachable: true, runs: [log([Y, H("a")])] }, "used"],
  ["an older name, collected", { files, of: older, unreachable: true, collected: [quiet(Y)] }, "unreachable"],
  ["an older name, its test gone", { files: without, of: older, unreachable: true }, "test gone"],
  ["a name of no scheme", { files, of: { verifies: [] }, unreachable: true }, "unreachable"],
  [
    "a name of no scheme, today guessed",
    { files, of: { verifies: [] }, unreachable: true, guessed: true },
    "unreachable",
  ],
  ["a request that lacks what names are made of", { files, of: { verifies: null }, unreachable: true }, "used"],
  ["a name of no scheme, no flag", { files, of: { verifies: [] } }, "used"],
  ["a name of today", { files, of: { verifies: [NEWEST] }, unreachable: true }, "used"],
  ["a request that no scheme names", { files, of: { verifies: null, kind: "unknown" }, unreachable: true }, "used"],
  ["superseded by a complete run", { files, successor: "b.json", complete: true }, "superseded"],
  ["superseded by a run that may be short", { files, successor: "b.json" }, "used"],
  ["superseded, and asked for", { files, successor: "b.json", complete: true, runs: [log([Y, H("a")])] }, "used"],
  ["superseded, and kept", { files, successor: "b.json", complete: true, keep: F }, "kept"],
  ["superseded, and its test gone", { files: without, successor: "b.json", complete: true }, "test gone"],
  ["kept by a glob", { files: without, keep: "tests/a/**" }, "kept"],
  ["not kept by a glob", { files: without, keep: "tests/b/**" }, "test gone"],
  ["kept by its test", { files: without, keep: Y }, "kept"],
  ["not kept by another test", { files: without, keep: `${F}::test_yy` }, "test gone"],
  ["kept by its test without parameters", { id: P, files: without, keep: Y }, "kept"],
  ["kept by its test with *", { files: without, keep: "tests/*::test_*" }, "kept"],
  ["kept by its file", { files: without, keep: F }, "kept"],
  ["unreadable, whatever else", { files: without, of: { unreadable: "no JSON" }, unreachable: true }, "unknown"],
  ["unreadable, kept", { files: without, of: { unreadable: "no JSON" }, keep: "tests/**" }, "unknown"],
];
