import { JsonObject, type JsonValue } from "../../../src/recording/json/value.ts";

/** What objects at a path of many recordings have in common. */
interface Common {
  keys: Set<string>;
  nulls: Set<string>;
}

/**
 * What the models of a Python SDK added to what the API sent, told by the recordings alone: a key that every object at
 * a path has is a field of the model there, and where it was null the API may have left it out.
 */
export class Bare {
  private readonly paths = new Map<string, Common>();

  learn(value: JsonValue, path = ""): void {
    if (Array.isArray(value)) for (const element of value) this.learn(element, path);
    if (!(value instanceof JsonObject)) return;
    const typed = value.get("__data__");
    if (typed !== undefined) {
      this.learn(typed, String(value.get("__type__")).split(".").at(-1));
      return;
    }
    const common = this.paths.get(path);
    if (!common) this.paths.set(path, { keys: new Set(value.keys), nulls: new Set() });
    else for (const key of common.keys) if (!value.has(key)) common.keys.delete(key);
    for (const [key, member] of value.entries()) {
      if (member === null) this.paths.get(path)?.nulls.add(key);
      this.learn(member, `${path}.${key}`);
    }
  }

  /** The same answer as an API might send it that leaves out what is null, and writes its keys in another order. */
  sent(value: JsonValue, path = ""): JsonValue {
    if (Array.isArray(value)) return value.map((element) => this.sent(element, path));
    if (!(value instanceof JsonObject)) return value;
    const type = value.get("__type__");
    const data = value.get("__data__");
    if (data !== undefined && type !== undefined) {
      const sent = this.sent(data, String(type).split(".").at(-1));
      return new JsonObject(["__type__", "__data__"], [type, sent]);
    }
    if (value.has("sdk_http_response")) return turned(value);
    // Without a field that is null now and then, nothing shows a model.
    const common = this.paths.get(path);
    if (!common || ![...common.nulls].some((key) => common.keys.has(key))) return value;
    const entries = [...value.entries()];
    const fields = entries.filter(([key, member]) => common.keys.has(key) && member !== null).reverse();
    const extra = entries.filter(([key]) => !common.keys.has(key));
    const all = [...extra, ...fields];
    return new JsonObject(
      all.map(([key]) => key),
      all.map(([key, member]) => (common.keys.has(key) ? this.sent(member, `${path}.${key}`) : member)),
    );
  }
}

/** Keys whose values are nobody's model. */
const DATA = ["headers", "args"];

/** What the GenAI SDK printed, with the keys of all its models turned round. */
function turned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(turned);
  if (!(value instanceof JsonObject)) return value;
  const entries = [...value.entries()].reverse();
  return new JsonObject(
    entries.map(([key]) => key),
    entries.map(([key, member]) => (DATA.includes(key) ? member : turned(member))),
  );
}
