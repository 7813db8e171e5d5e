import { compact } from "../../../dialects/shared.ts";
import { asNumber, asObject, type JsonValue } from "../../../recording/json/value.ts";
import type { Failure, Recording } from "../../../recording/recording.ts";
import { objectOf } from "../../matching/edits.ts";
import type { Api } from "../../matching/routes.ts";

/** What a stream ends with that failed: a last frame that says so, or (null) nothing, and the connection breaks off. */
export function lastFrame(api: Api, { response }: Recording, failure: Failure): string | null {
  const told = asObject(response.get("exception_data"))?.get("message") ?? failure.message;
  if (api === "ollama" && saidInStream(response.get("exception_data")))
    return `${compact(objectOf({ error: told }))}\n`;
  // What openai's library raises for an event that is an error; of a connection that broke it raises httpx's own.
  if (api === "openai" && failure.type === "APIError") {
    return `data: ${compact(objectOf({ error: objectOf({ message: told, type: null, param: null, code: null }) }))}\n\n`;
  }
  return null;
}

/** Ollama's library gives errors that come in a stream the status -1. */
const saidInStream = (data: JsonValue | undefined): boolean => asNumber(asObject(data)?.get("status_code")) === -1;
