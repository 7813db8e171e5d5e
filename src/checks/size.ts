import { bytesText } from "../text/bytes.ts";
import type { Rule } from "./rule.ts";

export const size: Rule = {
  id: "size",
  title: "files over a limit",
  variants: { "": "warning" },
  *file({ bytes: { length: bytes } }, { size: limit }) {
    if (bytes <= limit) return;
    yield {
      at: [],
      message: `${bytesText(bytes)}, over the limit of ${bytesText(limit)}`,
      remedy: 'ask for less in the test, or raise "size" in the configuration',
    };
  },
};
