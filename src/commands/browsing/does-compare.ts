import { pairLines } from "../../report/diff-pair.ts";
import { coloured, plain } from "../../text/style.ts";
import { clip } from "../../text/width.ts";
import { compareTwo } from "../comparing-two.ts";
import type { Does } from "./thread.ts";

/** What changed between two recordings, as `diff` shows a pair whole. */
export const compare: Does<"compare"> = async ({ old, now, columns, hasColour }, { cwd }) => {
  const { pair, sides, apis } = compareTwo(old, now, cwd, { only: null, ignore: [] });
  const differing = apis ? [clip(`different APIs: ${apis.join(" and ")}`, columns)] : [];
  return [...differing, ...pairLines(pair, { terminal: true, columns, paint: hasColour ? coloured : plain }, sides)];
};
