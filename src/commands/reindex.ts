import type { Command } from "commander";
import { EXIT, UserError } from "../errors.ts";
import { isBroken } from "../listing/entry.ts";
import type { Report } from "../report/report.ts";
import { type IndexState, openIndex, sweepIndex } from "../store/index.ts";
import { cacheDir } from "../store/paths.ts";
import { scan } from "../store/scan.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Verb } from "./command.ts";
import { findFiles } from "./finding.ts";
import { outputOptions } from "./output.ts";
import { progress } from "./progress.ts";

interface ReindexOptions {
  status?: boolean;
}

/** What was rebuilt: null with `--status`. */
interface Rebuilt {
  files: number;
  broken: number;
  milliseconds: number;
  unsaved: number;
}

export const reindex: Verb<ReindexOptions> = {
  examples: [
    ["recctl index", "read everything again"],
    ["recctl index --status", "where the index is and how large"],
    ["RECCTL_CACHE_DIR=/tmp/x recctl index", "keep it elsewhere"],
  ],
  exits: [
    [0, "rebuilt, or told"],
    [1, "read, but the index could not be kept: other commands work, slower"],
    [2, "wrong usage, or a path that leads nowhere"],
  ],
  define(command: Command) {
    command.description(
      "Rebuilds the index and tells its state. recctl keeps it up to date by itself; it lies in the cache " +
        "directory (RECCTL_CACHE_DIR, else $XDG_CACHE_HOME/recctl, else ~/.cache/recctl), never in the tree.",
    );
    command.argument("[path...]", "folders, files or globs");
    command.option("--status", "tell the state, change nothing");
    outputOptions(command, ["text", "json"]);
  },
  async run(args, options, context) {
    const { io } = context;
    const dir = cacheDir(io.env);
    if (dir === null) {
      throw new UserError("there is no cache directory", { remedy: "RECCTL_CACHE_DIR=DIR recctl index" });
    }
    let rebuilt: Rebuilt | null = null;
    if (!options.status) {
      const began = io.clock();
      const { folders } = await findFiles(args, false, context);
      const shown = progress(io, "indexing");
      const index = openIndex(dir);
      const { files, counts } = await scan(folders, {
        // What is there is read again, all of it.
        index: { load: () => null, save: index.save },
        now: io.now,
        pause: shown.step,
      }).finally(shown.end);
      const broken = files.filter(isBroken).length;
      rebuilt = { files: counts.files, broken, milliseconds: Math.round(io.clock() - began), unsaved: counts.unsaved };
    }
    const state = sweepIndex(dir, io.now(), !options.status);
    return { exit: rebuilt && rebuilt.unsaved > 0 ? EXIT.no : EXIT.ok, report: indexReport(state, rebuilt) };
  },
};

function indexReport(state: IndexState, rebuilt: Rebuilt | null): Report {
  const document = () => ({ ...state, rebuilt: rebuilt ? { ...rebuilt } : null });
  return {
    document,
    items: () => [document()],
    *text(screen) {
      const dir = screen.terminal ? forTerminalLine(state.dir) : state.dir;
      if (rebuilt) {
        const { files, broken, milliseconds, unsaved } = rebuilt;
        const bad = broken > 0 ? `, ${broken} of them broken` : "";
        yield `read ${countText(files, "file")}${bad} in ${milliseconds} ms`;
        if (unsaved > 0)
          yield screen.paint("warn", `could not keep ${countText(unsaved, "folder")} in ${dir}: is it writable?`);
      }
      yield `index: ${dir}, ${countText(state.shards, "folder")}, ${bytesText(state.bytes)}`;
      if (state.swept > 0) yield `removed: ${countText(state.swept, "index file")} of no use`;
    },
  };
}
