import { linkSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { NEWEST } from "../mend/named.ts";
import { quiet } from "../usage/verdict-tree.ts";
import { BESIDE, F, hashOf, pathOf, type Recorded, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const [Y, Z] = [X("test_y"), X("test_z")] as const;
const THERE = { [F]: "def test_y(): pass\n" };
const COMMON = "tests/integration/common/recordings";
const of = (id: string | null, more: Partial<Recorded> = {}): Recorded => ({ id, ...more });
const named = (as: NonNullable<Recorded["as"]>): Recorded => ({ id: Z, as });

/** Of what other tests find too, whatever became of the one that recorded it. */
export const SHARED: readonly Scene[] = [
  {
    what: "model lists, tools and names of the first scheme, their test gone; and what is named with its test",
    files: THERE,
    goes: [
      [Z, "test gone"],
      [named("http"), "test gone"],
      [named("older"), "test gone"],
      [named("short"), "test gone"],
    ],
    stays: [
      [named("list"), "shared"],
      [named("other list"), "shared"],
      [named("tool"), "shared"],
      [named("oldest"), "shared"],
      [of(Y, { as: "http" }), "used"],
    ],
  },
  {
    what: "the same, not collected",
    files: { [F]: "def test_y(): pass\ndef test_z(): pass\n" },
    collected: [quiet(...BESIDE, Y)],
    goes: [
      [Z, "not collected"],
      [named("http"), "not collected"],
    ],
    stays: [
      [named("list"), "shared"],
      [named("tool"), "shared"],
      [named("oldest"), "shared"],
      [of(Y, { as: "list", in: COMMON }), "used"],
    ],
  },
  {
    what: "no test id, or an empty one",
    files: THERE,
    args: ["--complete"],
    collected: [quiet(...BESIDE, Y)],
    goes: [[Z, "test gone"]],
    stays: [
      [of(null, { in: "tests/a/recordings" }), "shared"],
      [of("", { in: "tests/a/recordings", asked: "How low is" }), "shared"],
      [of(null, { in: COMMON }), "shared"],
    ],
  },
];

/** Of what is no recording. */
export const BROKEN: readonly Scene[] = [
  {
    what: "broken files, LFS pointers, other JSON",
    files: THERE,
    args: ["--unreachable", "--scheme", NEWEST],
    goes: [[Z, "test gone"]],
    stays: [
      [of(Z, { asked: "1", text: '{"test_id": "tests/a/test_x.py::test_z", "request": ' }), "unknown"],
      [
        of(Z, { asked: "2", text: "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n" }),
        "unknown",
      ],
      [of(Z, { asked: "3", text: `{"test_id": "${Z}"}\n` }), "unknown"],
      [of(Z, { asked: "4", text: "" }), "unknown"],
      [of(Z, { asked: "5", text: `[{"test_id": "${Z}"}]\n` }), "unknown"],
      [of(Z, { asked: "6", text: `{"test_id": 7, "request": {}, "response": {}}\n` }), "unknown"],
    ],
  },
];

/** Puts a link in the place of a recording. */
const linked =
  (from: string | Recorded, to: string | Recorded) =>
  (root: string): void => {
    rmSync(join(root, pathOf(from)));
    symlinkSync(relative(dirname(pathOf(from)), pathOf(to)), join(root, pathOf(from)));
  };
const LINK = of(Z, { path: `tests/a/recordings/${"1".repeat(64)}.json` });
const FAR = of(Z, { path: `tests/c/recordings/${"2".repeat(64)}.json` });
const TARGET = of(Z, { asked: "target" });

/** Of links: neither they go nor what they lead to. */
export const LINKS: readonly Scene[] = [
  {
    what: "a link to a recording",
    files: THERE,
    after: linked(LINK, TARGET),
    goes: [[Z, "test gone"]],
    stays: [
      [LINK, "unknown"],
      [TARGET, "unknown"],
    ],
  },
  {
    what: "a link from another folder, and one that leads nowhere",
    files: THERE,
    after: (root) => {
      linked(FAR, TARGET)(root);
      linked(LINK, of(Z, { asked: "no file" }))(root);
    },
    goes: [[Z, "test gone"]],
    stays: [
      [FAR, "unknown"],
      [LINK, "unknown"],
      [TARGET, "unknown"],
    ],
  },
  {
    what: "a link to what is used",
    files: THERE,
    after: linked(LINK, Y),
    goes: [[Z, "test gone"]],
    stays: [
      [LINK, "used"],
      [Y, "used"],
    ],
  },
  {
    what: "a link by way of a folder that is one; a second name of a file is no link",
    files: THERE,
    after: (root) => {
      const folder = join(root, "tests/a");
      mkdirSync(join(root, "far"));
      symlinkSync(join(folder, "recordings"), join(root, "far/away"));
      rmSync(join(root, pathOf(LINK)));
      symlinkSync(join(root, "far/away", `${hashOf(TARGET)}.json`), join(root, pathOf(LINK)));
      linkSync(join(root, pathOf(Z)), join(root, "far/same.json"));
      if (readdirSync(join(root, "far/away")).length === 0) throw new Error("the link does not lead there");
    },
    goes: [[Z, "test gone"]],
    stays: [
      [LINK, "unknown"],
      [TARGET, "unknown"],
    ],
  },
];
