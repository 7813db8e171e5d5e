import { forShell } from "../text/escape.ts";
import type { Rule } from "./rule.ts";

export const place: Rule = {
  id: "place",
  title: "not in the folder of its test",
  variants: { "": "warning" },
  *file({ recording: { head }, name, place: own }, { recctl, fallback }) {
    // Until 2025-10-04 all recordings lay in one folder, with names of 12 digits. What belongs to no test may lie anywhere.
    if (head.testId === null || name.hash.length === 12) return;
    const wanted = recordingsOf(head.testId);
    const folder = own.slice(0, own.lastIndexOf("/"));
    if (wanted === null || [wanted, fallback].some((place) => `/${folder}`.endsWith(`/${place}`))) return;
    yield {
      at: ["test_id"],
      message: `its test looks for it in ${wanted}`,
      remedy: `move it there; what else its test has: ${recctl} ls --test ${forShell(head.testId)}`,
    };
  },
};

/** The folder in which a test looks for its recordings; null for an id that is no path that leads down. */
function recordingsOf(testId: string): string | null {
  const file = testId.split("::", 1)[0] as string;
  const steps = file.split("/").slice(0, -1);
  if (steps.some((step) => step === "" || step === "." || step === "..")) return null;
  return [...steps, "recordings"].join("/");
}
