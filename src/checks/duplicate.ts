import { countText } from "../text/bytes.ts";
import { forShell } from "../text/escape.ts";
import type { Fact, Rule } from "./rule.ts";

/** More paths than these make no command that anyone would read. */
const MOST = 4;

/** The id of a model list ends with a digest. */
const LIST = /-[0-9a-f]{8}$/;

export const duplicate: Rule = {
  id: "duplicate",
  title: "the same request several times",
  variants: { names: "warning", copies: "warning" },
  *tree(facts, _today, { recctl }) {
    // Model lists share a request by design: each says what was there when it was recorded.
    const asked = facts.filter(({ id, request }) => request !== null && !LIST.test(id));
    for (const same of grouped(asked, ({ request }) => request as string)) {
      for (const own of grouped(same, ({ testId }) => testId)) {
        const names = new Set(own.map(({ id }) => id));
        if (names.size < 2) continue;
        const [first] = own as [Fact];
        yield {
          path: first.path,
          variant: "names",
          at: ["request"],
          message: `one request of one test under ${names.size} names: a run can find one of them`,
          remedy:
            own.length > MOST && first.testId !== null
              ? `${recctl} ls --test ${forShell(first.testId)}`
              : `keep the one that a run finds: ${recctl} hash ${own.map(({ path }) => forShell(path)).join(" ")}`,
          paths: own.map(({ path }) => path),
        };
      }
      for (const copies of grouped(same, ({ answer }) => answer)) {
        const tests = new Set(copies.map(({ testId }) => testId));
        if (tests.size < 2) continue;
        const [first] = copies as [Fact];
        yield {
          path: first.path,
          variant: "copies",
          at: ["test_id"],
          message: `${countText(copies.length, "copy", "copies")} that differ in the test id alone`,
          remedy: `${recctl} show ${forShell(first.path)}`,
          paths: copies.map(({ path }) => path),
        };
      }
    }
  },
};

/** Those that have a key in common, where there are two at least. */
function grouped<K>(facts: readonly Fact[], key: (fact: Fact) => K): Fact[][] {
  const groups = new Map<K, Fact[]>();
  for (const fact of facts) {
    const known = groups.get(key(fact));
    if (known) known.push(fact);
    else groups.set(key(fact), [fact]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
