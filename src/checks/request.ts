import type { JsonPath } from "../recording/json/locate.ts";
import { asObject, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { splitUrl } from "../recording/names/url.ts";
import type { Rule } from "./rule.ts";

export const request: Rule = {
  id: "request",
  title: "requests that say one thing twice, and differently",
  variants: { "": "warning" },
  *file({ root, recording: { head } }) {
    const stored = root.get("request") as JsonObject;
    const told = head.kind === "inference" ? ofInference(stored) : head.kind === "unknown" ? [] : ofTest(stored, root);
    for (const [key, message] of told) {
      const at: JsonPath = ["request", key];
      yield { at, message, remedy: "mend what is wrong of the two by hand, or record it anew", cause: key };
    }
  },
};

type Told = [key: string, message: string];

/** Names are made of the url and the body; what stands beside them decides how a recording is read. */
function ofInference(request: JsonObject): Told[] {
  const [url, endpoint, model] = ["url", "endpoint", "model"].map((key) => request.get(key));
  const found: Told[] = [];
  if (typeof url === "string" && typeof endpoint === "string" && !splitUrl(url).path.endsWith(endpoint)) {
    found.push(["endpoint", "request.endpoint is not what the path of request.url ends with"]);
  }
  const asked = asObject(request.get("body"))?.get("model");
  if (differ(model, asked)) found.push(["model", "request.model is not the model that request.body asks for"]);
  return found;
}

/** Requests that are not inference carry the test id once more. */
const ofTest = (request: JsonObject, root: JsonObject): Told[] =>
  differ(request.get("test_id"), root.get("test_id"))
    ? [["test_id", "request.test_id is not the recording's own test_id, of which its name is made"]]
    : [];

/** Whether both are told, and not alike; the schema tells what is missing or of another type. */
const differ = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  [one, other].every((value) => typeof value === "string" || value === null) && one !== other;
