import { INDENTED, type Jsonable, quoteJson, writeJson } from "../recording/json/write.ts";
import { KEYS } from "./keys.ts";

/** What an example may be. */
type Example = (typeof KEYS)[keyof typeof KEYS]["example"];

/** A value as it could be written, on one line. */
export const written = (value: Example, format: "json" | "toml"): string =>
  format === "toml" ? toml(value) : jsonLine(value);

/** JSON on one line, as people write it. */
export const jsonLine = (value: Jsonable): string => writeJson(value, { ...INDENTED, indent: 0, comma: ", " });

/** Every setting with an example of it. */
export const exampleSettings = () =>
  Object.fromEntries(Object.entries(KEYS).map(([key, { example }]) => [key, example]));

/** A recctl.config.json with every setting. */
export function exampleJson(): string {
  const settings = Object.entries(KEYS).map(([key, { example }]) => `  ${quoteJson(key, true)}: ${jsonLine(example)}`);
  return `{\n${settings.join(",\n")}\n}`;
}

/** The same for the end of a pyproject.toml, which may say what each setting is. */
export function exampleToml(): string {
  const settings = Object.entries(KEYS).map(([key, { about, example }]) => `\n# ${about}\n${key} = ${toml(example)}`);
  return ["", "[tool.recctl]", ...settings].join("\n");
}

function toml(value: Example): string {
  if (typeof value === "string") return quoteJson(value, true);
  if (isList(value)) return `[${value.map(toml).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${quoteJson(key, true)} = ${toml(member)}`)
    .join(", ")} }`;
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** The settings and what they say, a line each. */
export function settingLines(): string[] {
  const wide = Math.max(...Object.keys(KEYS).map((key) => key.length));
  return Object.entries(KEYS).map(([key, { about }]) => `  ${key.padEnd(wide)}  ${about}`);
}
