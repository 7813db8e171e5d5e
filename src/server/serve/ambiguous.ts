import type { Matched, Question } from "../matching/match.ts";
import type { ServeSettings } from "./types.ts";

type Ambiguous = Extract<Matched, { kind: "ambiguous" }>;

/** Several recordings answer, and not alike: each with the flag that chooses it, or what else there is to do. */
export function ambiguousText(
  { hits }: Ambiguous,
  { routed }: Question,
  { wording }: Pick<ServeSettings, "wording">,
): string {
  const said = "several recordings answer this request, and not alike";
  const pathsOf = ({ found }: Ambiguous["hits"][number]): string =>
    [...new Set(found.map(({ path }) => path))].join(", ");
  if (hits.length === 1 && hits[0]) {
    return `${said}: ${pathsOf(hits[0])}; all have one name, so keep the right one, and remove the others`;
  }
  const { route, mount } = routed;
  const name = mount.split("/")[1] ?? route.api;
  const ways = hits.map((hit) => {
    const { base } = hit.tried;
    const flag = route.kind === "tool" ? wording.provider(base) : wording.upstream(name, base);
    return `${pathsOf(hit)} (${route.kind === "tool" ? `by ${base}` : base}): ${flag}`;
  });
  return `${said}; ${ways.join("; ")}`;
}
