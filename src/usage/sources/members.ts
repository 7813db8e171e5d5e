import { boundAt, type ClassValue, lookUp, type Search, type Value, valuesOf } from "./lookup.ts";
import { assigns, type Scope, type TestSource } from "./source.ts";

/** What a search for a member of a class came to. */
export interface Members {
  /** Where it is bound. */
  places: { file: string; line: number }[];
  /** What it is there. */
  values: Value[];
  /** Why it may be a member although none was found. */
  doubts: string[];
  /** The bases that were read, for people. */
  bases: string[];
}

const NOTHING: Members = { places: [], values: [], doubts: [], bases: [] };

const all = (found: readonly Members[]): Members => ({
  places: found.flatMap(({ places }) => places),
  values: found.flatMap(({ values }) => values),
  doubts: found.flatMap(({ doubts }) => doubts),
  bases: [...new Set(found.flatMap(({ bases }) => bases))],
});

/** Methods by which a class gives itself or its subclasses more members. */
const GIVES = ["__init_subclass__", "__getattr__", "__getattribute__"];

/** Searches a class and its bases for a member. `seen` are the classes of this search, which may lead in circles. */
export function members(search: Search, of: ClassValue, name: string, seen = new Set<string>()): Members {
  const { definition, file, source, scopes } = of;
  const key = `${file}\n${definition.line}\n${definition.name}`;
  if (seen.has(key)) return NOTHING;
  seen.add(key);
  const doubts = scopeDoubts(source, definition.body, name);
  const lines = boundAt(definition.body, name);
  if (lines.length > 0 && doubts.length === 0) {
    const { values } = lookUp(search, { file, source, scopes: [...scopes, definition.body] }, name);
    return { ...NOTHING, places: lines.map((line) => ({ file, line })), values };
  }
  if (definition.open !== null) doubts.push(`${definition.open} may add to class ${definition.name} (${file})`);
  const gives = GIVES.find((method) => boundAt(definition.body, method).length > 0);
  if (gives !== undefined) doubts.push(`${gives} of class ${definition.name} (${file}) may add members`);
  return all([
    { ...NOTHING, doubts: lines.length > 0 ? doubts : [...doubts, ...madeDoubts(source, file)] },
    ...definition.bases.map((base) => inBase(search, of, base, name, seen)),
  ]);
}

function inBase(search: Search, of: ClassValue, base: string | null, name: string, seen: Set<string>): Members {
  const { definition, file } = of;
  const whole = `class ${definition.name} (${file})`;
  if (base === null) return { ...NOTHING, doubts: [`a base of ${whole} is made by an expression`] };
  const { values, doubts } = valuesOf(search, of, base);
  if (values.length === 0) doubts.push(`the base ${base} of ${whole} is not found`);
  return all([
    { ...NOTHING, doubts },
    ...values.map((value): Members => {
      if (value.kind === "memberless") return { ...NOTHING, bases: [base] };
      if (value.kind !== "class") {
        const why = value.kind === "other" ? value.why : "its module is not found";
        return { ...NOTHING, doubts: [`the base ${base} of ${whole} cannot be read: ${why}`] };
      }
      const found = members(search, value, name, seen);
      return { ...found, bases: [`${value.definition.name} (${value.file})`, ...found.bases] };
    }),
  ]);
}

/** Why a scope may have a name that it does not define, or not have one that it defines. */
export function scopeDoubts(source: TestSource, scope: Scope, name: string): string[] {
  const doubts: string[] = [];
  if (scope.deleted.includes(name)) doubts.push(`${name} is deleted`);
  if (boundAt(scope, name).length > 0) return doubts;
  if (assigns(source, name)) doubts.push(`${name} is assigned as an attribute`);
  const made = [...scope.functions, ...scope.classes].find((each) => each.maker && name.startsWith(each.name));
  if (made) doubts.push(`a decorator of ${made.name} may make ${name}`);
  return doubts;
}

/** Why any name may be bound in a file. */
export const madeDoubts = ({ made }: TestSource, file: string): string[] =>
  made ? [`${file} makes names at run time (${made.by}, line ${made.line})`] : [];
