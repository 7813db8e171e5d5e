import { isDeepStrictEqual } from "node:util";
import type { Api } from "./serve.ts";
import type { Wire } from "./wires.ts";

/** An API's own client library, as its users call it. */
export interface Client {
  library: string;
  /** Which recordings are its. */
  dialects: readonly string[];
  /** Members that it adds of its own, as paths: `usage.total`. They are no difference where the recording has none. */
  added: readonly string[];
  /** The call that was recorded, as the library names it. */
  call(wire: Wire): string;
  /** What that call yields, chunk by chunk. */
  read(wire: Wire, api: Api): AsyncIterable<unknown>;
  /** What it should yield: what was recorded, but for what the library is known to leave out. */
  expected(wire: Wire): readonly unknown[];
}

/** How what `client` reads differs from what was recorded; null where it does not. */
export async function difference(client: Client, wire: Wire, api: Api): Promise<string | null> {
  const expected = client.expected(wire);
  const told = (what: string): string => `${wire.path}: ${client.library}: ${what}`.slice(0, 2000);
  let count = 0;
  try {
    for await (const read of client.read(wire, api)) {
      const wanted = expected[count++];
      const value = client.added.reduce((rest, path) => without(rest, wanted, path.split(".")), read);
      if (isDeepStrictEqual(value, wanted)) continue;
      return told(`chunk ${count}${differing(value, wanted)}`);
    }
  } catch (error) {
    // A library may say that a stream broke off: this one did.
    if (!wire.failed || count < expected.length) return told(`after chunk ${count}: ${error}`);
  }
  return count === expected.length ? null : told(`${count} chunks of ${expected.length}`);
}

/** `value` as a plain object without the member at `path`, unless `wanted` has it. */
function without(value: unknown, wanted: unknown, [key = "", ...path]: readonly string[]): unknown {
  if (!isObject(value) || !isObject(wanted) || !(key in value)) return value;
  const { [key]: member, ...rest } = value;
  if (path.length > 0) return { ...value, [key]: without(member, wanted[key], path) };
  return key in wanted ? value : rest;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where two values first differ, and how. */
function differing(value: unknown, wanted: unknown): string {
  if (typeof value === "object" && typeof wanted === "object" && value && wanted) {
    const members = (of: object): Map<string, unknown> => new Map(Object.entries(of));
    for (const key of new Set([...members(wanted).keys(), ...members(value).keys()])) {
      const [one, other] = [members(value).get(key), members(wanted).get(key)];
      if (!isDeepStrictEqual(one, other)) return `.${key}${differing(one, other)}`;
    }
  }
  return ` is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`;
}
