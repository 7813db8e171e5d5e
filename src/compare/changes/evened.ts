import type { JsonPath } from "../../recording/json/locate.ts";
import { asObject, asString, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { kindOf } from "../../recording/kinds.ts";
import { dumps } from "../../recording/names/dumps.ts";
import { type Scheme, schemesOf } from "../../recording/names/schemes.ts";
import { splitUrl } from "../../recording/names/url.ts";

/**
 * Whether names cannot tell the value `a` from `b`, at `path` in what is compared. Of a member that only one object
 * has, it is asked for an object without it and one with it alone, at the path of the object.
 */
export type Evens = (a: JsonValue, b: JsonValue, path: JsonPath) => boolean;

/**
 * What names under the newest scheme do not see of two requests: what the normaliser evens out in a body, and what no
 * name is made of. Values that are no requests are taken for bodies.
 */
export function evensOf(old: JsonValue, now: JsonValue): Evens {
  const [request, other] = [asObject(now), asObject(old)];
  const kind = request && other ? kindOf(new Set(request.keys)) : "unknown";
  const scheme = schemesOf(kind).at(-1);
  if (!scheme || !request || !other || kindOf(new Set(other.keys)) !== kind) return bodyEvens(newestOf("inference"));
  const [body, named] =
    kind === "tool" ? ["kwargs", NAMED.tool] : kind === "http" ? ["payload", NAMED.http] : ["body", NAMED.inference];
  const inBody = bodyEvens(
    scheme,
    isBedrock(request) && isBedrock(other) && scheme.bedrock ? "stream_options" : undefined,
  );
  const evens: Evens = (a, b, path) => {
    const [key] = path;
    if (path.length === 0) return byMember(a, b, evens);
    if (key === body) return inBody(a, b, path.slice(1));
    if (path.length > 1) return !named.has(String(key));
    return evenMember(String(key), a, b, scheme, named);
  };
  return evens;
}

/** What a name is made of beside the body. */
const NAMED: Record<"tool" | "http" | "inference", ReadonlySet<string>> = {
  tool: new Set(["provider", "tool_name"]),
  http: new Set(["method", "url", "test_id"]),
  inference: new Set(["method", "url"]),
};

const newestOf = (kind: "inference"): Scheme => schemesOf(kind).at(-1) as Scheme;

/** Whole requests, or a member that one of them lacks. */
function byMember(a: JsonValue, b: JsonValue, evens: Evens): boolean {
  if (!(a instanceof JsonObject && b instanceof JsonObject)) return false;
  return [...new Set([...a.keys, ...b.keys])].every((key) => evens(a.get(key) ?? null, b.get(key) ?? null, [key]));
}

function evenMember(key: string, a: JsonValue, b: JsonValue, scheme: Scheme, named: ReadonlySet<string>): boolean {
  if (!named.has(key)) return true;
  const [old, now] = [asString(a), asString(b)];
  if (old === undefined || now === undefined) return dumps(a) === dumps(b);
  if (key === "method" && scheme.kind !== "tool") return old.toUpperCase() === now.toUpperCase();
  if (key !== "url" || scheme.kind !== "inference") return old === now;
  const [from, to] = [splitUrl(old), splitUrl(now)];
  // The host decides whether the test is part of the name, and Bedrock's what is left out of the body.
  const rules = [from, to].map((url) => `${scheme.testId("any", url)} ${url.netloc.includes("bedrock")}`);
  return from.path === to.path && rules[0] === rules[1];
}

function isBedrock(request: JsonObject): boolean {
  return splitUrl(asString(request.get("url")) ?? "").netloc.includes("bedrock");
}

/** Whether two values are the same in a body as the scheme writes it: a body with nothing but the one value is written. */
function bodyEvens({ normaliser }: Scheme, leftOut?: string): Evens {
  return (a, b, path) => {
    const [left, right] = [a, b].map((value) => dumps(alone(value, path), normaliser, leftOut));
    return left === right;
  };
}

function alone(value: JsonValue, path: JsonPath): JsonValue {
  return path.reduceRight<JsonValue>(
    (inner, step) => (typeof step === "number" ? [inner] : new JsonObject([step], [inner])),
    value,
  );
}
