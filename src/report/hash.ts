import type { Jsonable } from "../recording/json/write.ts";
import { shortId } from "../recording/name.ts";
import { type Column, tableLines, tsvLine } from "../text/table.ts";
import type { Report } from "./report.ts";

/** A recording's name, and what the schemes make of its request. */
export interface Hashed {
  path: string;
  /** The hash in the file's name. */
  name: string;
  /** The schemes under which it verifies, oldest first. */
  verifies: readonly string[];
  schemes: ReadonlyMap<string, string>;
}

const COLUMNS: readonly Column[] = [
  { title: "name", look: "id" },
  { title: "newest scheme" },
  { title: "path", stretch: { least: 20 } },
];

const hashedJson = ({ path, name, verifies, schemes }: Hashed): Jsonable => ({
  path,
  name,
  verifies,
  schemes: Object.fromEntries(schemes),
});

/** `hash`: the names of recordings. In a pipe all schemes under which each verifies, joined with commas. */
export function hashReport(hashed: readonly Hashed[]): Report {
  return {
    document: () => ({ recordings: hashed.map(hashedJson) }),
    items: () => hashed.map(hashedJson),
    *text({ terminal, columns, paint }) {
      if (!terminal) {
        for (const { path, name, verifies } of hashed) yield tsvLine([name, verifies.join(","), path]);
        return;
      }
      if (hashed.length === 0) return;
      const rows = hashed.map(({ path, name, verifies, schemes }) => [
        shortId(name),
        verifies.at(-1) ?? (schemes.size === 0 ? "has none" : "none"),
        path,
      ]);
      yield* tableLines(COLUMNS, rows, columns, paint);
    },
  };
}

/** `hash --request`: what a new request would be called, newest scheme first; `wanted` is the one name that was asked for. */
export function newNameReport(hashes: ReadonlyMap<string, string>, wanted: string | undefined): Report {
  const schemes = [...hashes].reverse();
  return {
    document: () => ({ name: wanted ?? (schemes[0] as [string, string])[1], schemes: Object.fromEntries(hashes) }),
    items: () => schemes.map(([scheme, name]) => ({ scheme, name })),
    *text() {
      if (wanted !== undefined) yield wanted;
      else for (const [scheme, name] of schemes) yield tsvLine([name, scheme]);
    },
  };
}
