import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { decode } from "../recording/decode.ts";
import { JsonError } from "../recording/json/error.ts";
import { type Base, shown } from "./paths.ts";
import { FileReader, ReadError } from "./read.ts";

/** A file that may configure recctl. */
export interface ConfigFile {
  /** As people see it. */
  path: string;
  /** The folder it lies in, absolute. */
  folder: string;
  format: "json" | "toml";
  text: string;
}

/** The files that may configure recctl, in any folder from the base up. */
const NAMES = { json: "recctl.config.json", toml: "pyproject.toml" } as const;
const FORMATS = ["json", "toml"] as const;

/** No configuration that people write is larger. */
const MAX_BYTES = 1_000_000;

/**
 * The configuration that is nearest, from the base upwards; null where there is none. A file for which `configures`
 * does not hold is passed over.
 * @throws UserError where a file cannot be read, or two in one folder configure
 */
export async function findConfig(
  base: Base,
  configures: (file: ConfigFile) => Promise<boolean>,
): Promise<ConfigFile | null> {
  for (let folder = base.cwd; ; folder = dirname(folder)) {
    const found: ConfigFile[] = [];
    for (const format of FORMATS) {
      const file = configFile(base, folder, format);
      if (file && (await configures(file))) found.push(file);
    }
    const [first, second] = found;
    if (first && second) {
      throw new UserError(`two files configure recctl: ${first.path} and [tool.recctl] in ${second.path}`, {
        place: folder,
        remedy: "recctl config --help",
      });
    }
    if (first) return first;
    if (dirname(folder) === folder) return null;
  }
}

function configFile(base: Base, folder: string, format: ConfigFile["format"]): ConfigFile | null {
  const file = join(folder, NAMES[format]);
  const kind = kindOf(file);
  // Whatever a folder of that name is, it is no project's.
  if (kind === "nothing" || (kind === "folder" && format === "toml")) return null;
  const path = shown(base, file);
  try {
    return { path, folder, format, text: decode(new FileReader().read(file, MAX_BYTES).bytes) };
  } catch (error) {
    const remedy = "recctl config --help";
    if (error instanceof JsonError) {
      throw new UserError(error.message, { place: `${path}:${error.line}:${error.column}`, remedy });
    }
    if (error instanceof ReadError) throw new UserError(`no configuration: ${error.message}`, { place: path, remedy });
    throw error;
  }
}

/** A link is a file, wherever it leads: one that leads nowhere is told when it is read. */
function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat === undefined ? "nothing" : stat.isDirectory() ? "folder" : "file";
  } catch {
    // A folder that may not be looked into.
    return "nothing";
  }
}
