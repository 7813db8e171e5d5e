import { NEWEST, RAW } from "../mend/named.ts";
import { log, outcomes, quiet } from "../usage/verdict-tree.ts";
import { BESIDE, F, hashOf, OTHER, pathOf, type Recorded, type Row, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const [Y, Z] = [X("test_y"), X("test_z[a]")] as const;
const THERE = { [F]: "def test_y(): pass\n" };
const SET = ["--unreachable", "--scheme", NEWEST];
const older = (asked = "How high is", id = Y): Recorded => ({ id, as: "older", asked });
const unnamed = (asked = "How high is"): Recorded => ({ id: Y, as: "unnamed", asked });
const today = (asked = "today's"): Recorded => ({ id: Y, asked });

/** Of names: they are a reason with their flag alone. */
export const NAMES: readonly Scene[] = [
  {
    what: "names of an older scheme, of none, and of today",
    files: THERE,
    args: SET,
    goes: [
      [older("How low is"), "unreachable"],
      [older(), "unreachable"],
      [unnamed(), "unreachable"],
    ],
    stays: [
      [today(), "used"],
      [{ id: Y, as: "tool" }, "used"],
      [{ id: Y, as: "http" }, "used"],
      [{ id: null, as: "older", in: "tests/a/recordings" }, "shared"],
    ],
    says: /^rekey could save 2 of the unreachable ones$/m,
  },
  {
    what: "names of an older scheme and of none, without the flag",
    files: THERE,
    args: ["--scheme", NEWEST],
    stays: [
      [older(), "used"],
      [unnamed(), "used"],
    ],
  },
  {
    what: "names that today's scheme makes too, and those that it does not",
    files: { ...THERE, [OTHER]: "def test_one(): pass\ndef test_two(): pass\n" },
    args: ["--unreachable", "--scheme", RAW],
    goes: [[today(), "unreachable"], [unnamed(), "unreachable"], ...BESIDE.map((id): Row => [id, "unreachable"])],
    stays: [[older(), "used"]],
    beside: null,
  },
  {
    what: "today as it is guessed: an older name may be what recorders make",
    files: THERE,
    args: ["--unreachable"],
    goes: [[unnamed(), "unreachable"]],
    stays: [
      [older(), "used"],
      [today(), "used"],
    ],
  },
  {
    what: "older names that a run found, that are collected, whose test is gone",
    files: THERE,
    args: SET,
    collected: [quiet(...BESIDE, Y)],
    runs: [log([Y, hashOf(older())]), outcomes("PASSED", Y)],
    goes: [
      [older("How low is"), "unreachable"],
      [older("How high is", Z), "test gone"],
    ],
    stays: [[older(), "used"]],
  },
];

const NEITHER: Pick<Scene, "files" | "goes"> = {
  files: THERE,
  goes: [
    [Z, "test gone"],
    [X("test_zz"), "test gone"],
  ],
};
const kept = (...patterns: string[]): string[] => patterns.flatMap((pattern) => ["--keep", pattern]);
const ONE: Pick<Scene, "files" | "goes" | "stays"> = {
  files: THERE,
  goes: [[X("test_zz"), "test gone"]],
  stays: [[Z, "kept"]],
};
const ALL: Pick<Scene, "files" | "goes" | "stays"> = {
  files: { ...THERE, "tests/c/test_c.py": "\n" },
  goes: [["tests/c/test_c.py::test_z", "test gone"]],
  stays: [
    [Z, "kept"],
    [X("test_zz"), "kept"],
    [Y, "kept"],
  ],
};

/** Of what is to be kept. */
export const KEPT: readonly Scene[] = [
  { what: "a glob of paths", args: kept("tests/a/**"), ...ALL },
  { what: "a folder", args: kept("./tests/a"), ...ALL },
  { what: "a glob of other paths", args: kept("tests/b/**", "tests/a/*.json"), beside: "kept", ...NEITHER },
  { what: "a file by its name", args: kept(`${hashOf(Z)}.json`), ...ONE },
  { what: "a file by its path", args: kept(pathOf(Z)), ...ONE },
  { what: "a test file", args: kept(F), ...ALL },
  { what: "a glob of test files", args: kept("tests/a/*.py"), ...ALL },
  { what: "a test id", args: kept(Z), ...ONE },
  { what: "a test id without its parameters", args: kept(X("test_z")), ...ONE },
  { what: "a test id with *", args: kept("*::test_z[*]"), ...ONE },
  {
    what: "test ids that only look like it, and patterns that fit nothing",
    args: kept(X("test_"), `${Z}]`, "tests/c/**"),
    ...NEITHER,
    says: /^--keep keeps tests\/c\/\*\*, which fits no recording$/m,
  },
  {
    what: "the configuration",
    ...ONE,
    files: { ...THERE, "recctl.config.json": `{"keep": ["${X("test_z")}", "tests/c/**"]}\n` },
    says: /recctl\.config\.json keeps tests\/c\/\*\*, which fits no recording$/m,
  },
  {
    what: "the configuration and the option together",
    files: { ...THERE, "recctl.config.json": `{"keep": ["${X("test_z")}"]}\n` },
    args: kept(X("test_zz")),
    goes: [[X("test_zzz"), "test gone"]],
    stays: [
      [Z, "kept"],
      [X("test_zz"), "kept"],
    ],
  },
  {
    what: "made-up ids below the root of real ones",
    files: THERE,
    args: kept("bff/**"),
    goes: [[Z, "test gone"]],
    stays: [["bff/testdata/llamastack/test.py::record", "kept"]],
  },
  {
    what: "what is kept, though it is not collected, not hit, unreachable",
    files: THERE,
    args: [...SET, ...kept(X("test_y[kept]"), pathOf(older("kept")))],
    collected: [quiet(...BESIDE, Y)],
    goes: [
      [X("test_y[a]"), "not collected"],
      [older("goes"), "unreachable"],
    ],
    stays: [
      [X("test_y[kept]"), "kept"],
      [older("kept"), "kept"],
    ],
  },
];
