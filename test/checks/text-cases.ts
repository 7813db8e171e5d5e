import type { Bad, Case } from "./case.ts";
import { chat, type Files, named } from "./fixtures.ts";

/** A chat whose answer has what recorders escape. */
const said = (): Files =>
  named(
    chat(({ response }) => {
      response.body.__data__.choices[0].message.content = 'caf\u00e9 / \u007f \u2028 \ud83c\udf0a "x"';
    }),
  );

/** The same document in another text. */
const but = (from: string | RegExp, to: string): (() => Files) => {
  return () =>
    Object.fromEntries(
      Object.entries(said()).map(([path, text]) => {
        const changed = text.replace(from, to);
        if (changed === text) throw new Error(`nothing to change: ${from}`);
        return [path, changed];
      }),
    );
};

const bad = (name: string, files: () => Files, points: string, wanted: string, found: string): Bad => ({
  rule: "text-form",
  name,
  files,
  severity: "warning",
  at: "",
  points,
  says: new RegExp(`^a recorder would write ${escaped(wanted)} here, not ${escaped(found)}$`, "su"),
  remedy: /^recctl validate --fix$/,
});

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const quoted = (text: string): string => JSON.stringify(text);

export const GOOD_TEXTS: readonly Case[] = [{ rule: "text-form", name: "as a recorder writes it", files: said }];

export const BAD_TEXTS: readonly Bad[] = [
  bad("four spaces a level", but(/^ +/gm, "$&$&"), "  ", quoted('"'), quoted("  ")),
  bad("one line", but(/\n */g, ""), '"test_id"', quoted("\n  "), quoted('"')),
  bad("tabs", but(/^ {2}/gm, "\t"), "\t", quoted("  "), quoted("\t")),
  bad("Windows line ends", but(/\n/g, "\r\n"), "\r", quoted("\n  "), quoted("\r\n  ")),
  bad("an extra blank", but('"headers": {}', '"headers":  {}'), " {}", quoted("{"), quoted(" ")),
  bad(
    "a blank at a line's end",
    but('"headers": {},', '"headers": {}, '),
    " ",
    quoted(`\n${" ".repeat(4)}`),
    quoted(` \n${" ".repeat(4)}`),
  ),
  bad("no newline at the end", but(/\n$/, ""), "", quoted("\n"), "the end"),
  bad("an empty line at the end", but(/\n$/, "\n\n"), "", "the end", quoted("\n")),
  bad("an empty object on two lines", but('"headers": {}', '"headers": {\n    }'), "", quoted("}"), quoted("\n    ")),
  bad("raw text beyond ASCII", but("\\u00e9", "\u00e9"), "\u00e9", quoted("\\"), quoted("\u00e9")),
  bad("a raw emoji", but("\\ud83c\\udf0a", "\ud83c\udf0a"), "\ud83c\udf0a", quoted("\\"), quoted("\ud83c\udf0a")),
  bad("upper-case hex", but("\\u00e9", "\\u00E9"), "E9", quoted("e"), quoted("E")),
  bad("an escaped slash", but(" / ", " \\/ "), "\\/", quoted("/"), quoted("\\")),
  bad("an escape that is not needed", but("caf", "c\\u0061f"), "\\u0061", quoted("a"), quoted("\\")),
  bad("a raw DEL", but("\\u007f", "\u007f"), "\u007f", quoted("\\"), quoted("\u007f")),
  bad("1.00", but('"completion_tokens": 3', '"completion_tokens": 3.00'), "0,", quoted(","), quoted("0")),
  bad("1E5", but('"completion_tokens": 3', '"completion_tokens": 1E5'), "E5", quoted("0"), quoted("E")),
  bad("-0", but('"completion_tokens": 3', '"completion_tokens": -0'), "-0", quoted("0"), quoted("-")),
  {
    rule: "text-form",
    name: "a key that stands twice",
    files: but('"role": "assistant",', '"role": "x",\n            "role": "assistant",'),
    severity: "warning",
    at: "response.body.__data__.choices[0].message.role",
    points: '"assistant"',
    says: /^this key stands twice in its object: a reader takes the last, no recorder writes both$/,
    remedy: /by hand, or record it anew$/,
  },
];
