import { position } from "./error.ts";
import { JsonReader } from "./parse.ts";

/** Keys and indexes from the root of a document to a value in it. */
export type JsonPath = (string | number)[];

/**
 * Where the value at `path` begins in `text`, which must be JSON: line and column from 1.
 * Where a step leads nowhere, the place of the last value that is there.
 */
export function locate(text: string, path: JsonPath): { line: number; column: number } {
  const reader = new JsonReader(text);
  let found = 0;
  const descend = (depth: number): void => {
    const code = reader.peek();
    const step = path[depth];
    found = reader.at;
    const start = found;
    const visit = (key: string | number): void => {
      if (key === step) {
        descend(depth + 1);
        return;
      }
      reader.value();
    };
    if (typeof step === "string" && code === 123) {
      // A repeated key: the last one wins, so a later one overwrites what was found.
      reader.members(visit);
    } else if (typeof step === "number" && code === 91) {
      reader.elements(visit);
    } else {
      reader.value();
      found = start;
    }
  };
  descend(0);
  return position(text, found);
}

/** `response.body[3].id`: a path as people write it. */
export function pathText(path: JsonPath): string {
  return path
    .map((step, depth) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return depth === 0 ? step : `.${step}`;
    })
    .join("");
}
