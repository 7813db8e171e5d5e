import type { Severity } from "../checks/rule.ts";
import { SCHEMES } from "../recording/names/schemes.ts";
import { byName, byRule, type Check, inside, list, oneOf, quoted, size, text } from "./checks.ts";
import type { Settings } from "./settings.ts";
import { whyNotUpstream } from "./upstream.ts";

/** A setting as people write it. */
interface Key<T> {
  /** What it says, in a line. */
  about: string;
  /** A value that does no harm where it is copied. */
  example: string | readonly string[] | Readonly<Record<string, string>>;
  check: Check<T>;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "off"];

const SCHEME_IDS: readonly string[] = [
  "auto",
  ...SCHEMES.filter(({ kind }) => kind === "inference" || kind === "http").map(({ id }) => id),
];

/** The table of settings. */
export const KEYS: { readonly [K in keyof Settings]: Key<Settings[K]> } = {
  roots: {
    about: "folders or globs that are searched where no path is given",
    example: ["."],
    check: list(inside),
  },
  fallback: {
    about: "the folder for recordings of no test",
    example: "tests/integration/common/recordings",
    check: inside,
  },
  scheme: {
    about: "the scheme that names recordings today, or auto",
    example: "auto",
    check: oneOf(SCHEME_IDS),
  },
  rules: {
    about: "error, warning or off, by rule or by one of its findings",
    example: { "name/older": "warning", "secret/email": "error" },
    check: byRule(oneOf(SEVERITIES)),
  },
  allow: {
    about: "texts that are no secrets; * is anything",
    example: ["*@example.com"],
    check: list(
      text((one) =>
        /^\**$/.test(one)
          ? `${quoted(one)} would allow every secret; set the rule "secret" to "off" for that`
          : undefined,
      ),
    ),
  },
  keep: {
    about: "recordings that are always kept: globs of paths, or test ids with *",
    example: ["tests/test_models.py::*"],
    check: list(text()),
  },
  size: {
    about: "the largest size that is no finding",
    example: "1M",
    check: size,
  },
  upstreams: {
    about: "what serve asks for what is not recorded, by name: openai, anthropic, ollama, google, tavily, or any",
    example: { openai: "https://gateway.example.com/v1" },
    check: byName(
      /^[a-z0-9][a-z0-9._-]*$/,
      text((url) => whyNotUpstream(url) ?? undefined),
    ),
  },
};
