import { matcher } from "../../listing/filter.ts";
import { openRecordings } from "../../store/open.ts";
import { says } from "../grep.ts";
import type { Does } from "./thread.ts";

/** How often what was found is told, in milliseconds. */
const EVERY = 100;

/** Tells those of the paths in which any of the texts was asked or answered. */
export const search: Does<"search"> = async ({ texts, paths }, { io, cwd }, tell) => {
  const matchers = texts.map(matcher);
  const matches = (text: string): boolean => matchers.some((holds) => holds(text));
  const open = openRecordings({ cwd });
  let hits: string[] = [];
  let told = io.clock();
  for (const path of paths) {
    const recording = open(path);
    if (!("message" in recording) && says(recording, matches)) hits.push(path);
    if (hits.length === 0 || io.clock() - told < EVERY) continue;
    tell(hits);
    hits = [];
    told = io.clock();
  }
  if (hits.length > 0) tell(hits);
  return null;
};
