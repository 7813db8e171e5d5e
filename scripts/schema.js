// The schema of recordings as code: compiled where recctl is built and where its tests run, so that it need not be at start-up.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import next from "ajv/dist/vocabularies/next.js";
import { transformSync } from "esbuild";

/** What src/ imports the compiled schema as. */
const MODULE = "virtual:recording-schema";

const SOURCE = new URL("../src/checks/schema/recording.schema.json", import.meta.url);

/** How the schema is understood: nothing in it may be unknown to ajv, or mean nothing. */
const OPTIONS = {
  strict: true,
  // Conditions name keys that are described elsewhere.
  strictRequired: false,
  allowUnionTypes: true,
  // Python writes NaN and the infinities as numbers.
  strictNumbers: false,
  allErrors: true,
};

/** The schema as it is published. */
const readSchema = () => JSON.parse(readFileSync(SOURCE, "utf8"));

/** An ES module: `validate` as ajv writes it, and `guide`, which tells what of a document it looks at. */
export function schemaCode() {
  const { $schema: _, ...schema } = bare(readSchema());
  // ajv's class for draft 2020-12 keeps book of what was evaluated, which nothing here asks for.
  const ajv = new Ajv.default({ ...OPTIONS, messages: false, inlineRefs: false, code: { source: true, esm: true } });
  ajv.addVocabulary(next.default);
  const code = slim(standalone.default(ajv, ajv.compile(schema)));
  const { code: small } = transformSync(code, { minify: true, format: "esm", treeShaking: true });
  return `${small}export const guide = ${JSON.stringify(guideOf(schema))};\n`;
}

/** What the slimmed code calls: ajv writes both out at every place. An error is [path, keyword, param]. */
const HELPERS = `
function isObject(value) {
  return value && typeof value === "object" && !Array.isArray(value);
}
function fault(errors, path, keyword, param) {
  if (errors === null) return [[path, keyword, param]];
  errors.push([path, keyword, param]);
  return errors;
}
function more(errors, others) {
  if (errors === null) return others;
  for (const other of others) errors.push(other);
  return errors;
}`;

/**
 * A third of what ajv writes, which is 250 KB, most of it for errors; and joining the errors of
 * many chunks costs the square of their number.
 * @throws Error where ajv writes otherwise than it did when this was written
 */
function slim(code) {
  const schemas = new Map(
    [...code.matchAll(/const (schema\d+) = (\{[^;]*\});/g)].map(([, name, json]) => [name, json]),
  );
  const literal = (params) => {
    // Of several params the one that names the key; a union of types is a path into a schema.
    const [, param = "null"] = /missingProperty: ([^,]*)/.exec(params) ?? /^\w+: (.*)$/.exec(params) ?? [];
    const [, name, path] = /^(schema\d+)((?:\.\w+)*)$/.exec(param) ?? [];
    if (name === undefined) return param;
    const steps = path.split(".").slice(1);
    return JSON.stringify(steps.reduce((value, step) => value[step], JSON.parse(schemas.get(name))));
  };
  const slimmed = code
    .replace(/const schema\d+ = \{[^;]*\};/g, "")
    .replace(
      /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:"[^"]*",keyword:"([^"]+)",params:\{([^{}]*)\}\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
      (_, _name, path = "instancePath", keyword, params) =>
        // That a condition failed says nothing beside what failed in it.
        keyword === "if" ? "" : `vErrors=fault(vErrors,${path},"${keyword}",${literal(params)});errors++;`,
    )
    .replace(
      /const (err\d+) = \{\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
      "vErrors=fault(vErrors);errors++;",
    )
    .replace(/(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, "isObject($1)")
    .replace(
      /vErrors = vErrors === null \? (validate\d+\.errors) : vErrors\.concat\(\1\);/g,
      "vErrors=more(vErrors,$1);",
    )
    .replace(/,parentData(?::\w+)?,parentDataProperty(?::[^{}]*?)?,rootData(,dynamicAnchors)?\}/g, "}")
    .replace(/, parentData, parentDataProperty, rootData=data(, dynamicAnchors=\{\})?\}/g, "}");
  const left = /schemaPath|parentData|concat|schema\d|require\(/.exec(slimmed);
  if (left) throw new Error(`ajv's code is not what it was: ${slimmed.slice(left.index - 200, left.index + 200)}`);
  return slimmed + HELPERS;
}

/** Gives the compiled schema to esbuild. */
export const esbuildSchema = {
  name: "recording-schema",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^virtual:recording-schema$/ }, () => ({ path: "compiled", namespace: "recording-schema" }));
    onLoad({ filter: /.*/, namespace: "recording-schema" }, () => ({ contents: schemaCode() }));
  },
};

/** The same for vite, and so for vitest. */
export const viteSchema = {
  name: "recording-schema",
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
  load: (id) => (id === `\0${MODULE}` ? schemaCode() : undefined),
};

const TOLD = new Set(["title", "description"]);

/** The schema without what only people read. */
function bare(schema) {
  if (Array.isArray(schema)) return schema.map(bare);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(TOLD.has(key) && typeof value === "string"));
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value)]));
}

/** Keywords that look at more than the type of a value. */
const EXACT = ["const", "enum", "pattern", "minimum"];

/**
 * Which members of a document the schema looks at: `keys` by name, `rest` all others, `items` the elements of
 * an array; `exact` that values of one type are told apart. A value with none of them is looked at for its type alone.
 */
function guideOf(root) {
  const guide = {};
  look(root, guide);
  return guide;

  function look(schema, into) {
    if (typeof schema !== "object") return;
    if (EXACT.some((key) => key in schema) || schema.type === "integer") into.exact = true;
    if (schema.$ref) look(root.$defs[schema.$ref.replace("#/$defs/", "")], into);
    for (const [key, value] of Object.entries(schema.properties ?? {})) look(value, member(into, key));
    const named = [schema.required ?? [], ...Object.values(schema.dependentRequired ?? {})];
    for (const key of named.flat()) member(into, key);
    if (schema.additionalProperties !== undefined) {
      into.rest ??= {};
      look(schema.additionalProperties, into.rest);
    }
    if (schema.items !== undefined) {
      into.items ??= {};
      look(schema.items, into.items);
    }
    for (const key of ["if", "then", "else", "not"]) if (schema[key] !== undefined) look(schema[key], into);
    for (const key of ["allOf", "anyOf"]) for (const part of schema[key] ?? []) look(part, into);
  }

  function member(into, key) {
    into.keys ??= {};
    into.keys[key] ??= {};
    return into.keys[key];
  }
}
