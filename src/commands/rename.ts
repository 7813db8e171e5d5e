import { InvalidArgumentError, Option } from "commander";
import type { Rename } from "../checks/explain/reading.ts";

/** `--rename OLD=NEW`, several times for several: what a project was called, and what it is called now. */
export const renameOption = (does: string): Option =>
  new Option("--rename <old=new>", does).argParser((value: string, before: Rename[] | undefined): Rename[] => {
    const cut = value.indexOf("=");
    const rename = { old: value.slice(0, cut), new: value.slice(cut + 1) };
    if (cut <= 0 || rename.new === "" || rename.old === rename.new) {
      throw new InvalidArgumentError("OLD=NEW is wanted, such as llama_stack=ogx.");
    }
    return [...(before ?? []), rename];
  });
