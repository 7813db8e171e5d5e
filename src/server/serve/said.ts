import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { OWN_ERROR } from "../http/refusal.ts";
import type { Api, Routed } from "../matching/routes.ts";
import { errorOf, type WireError } from "../matching/wire-errors.ts";
import { familyOf, type Sent } from "./family.ts";
import type { Reply, ServeOutcome } from "./types.ts";

const JSON_TYPE = "application/json";
/** Two of the libraries ask again on their own after some errors, and go by this where it is there; a recording stays what it is. */
export const NO_RETRY = { "x-should-retry": "false" } as const;

/** What of recctl stands in the headers of an answer; `recording`: of a stream, what became of which the journal tells. */
export const marks = (outcome: ServeOutcome | "recording", name: string | null): Record<string, string> => ({
  "x-recctl-outcome": outcome,
  ...(name !== null && { "x-recctl-name": name }),
});

/** Why an answer is what it is, as a header can say it. */
export const reasonMark = (why: string): Record<string, string> => ({
  "x-recctl-reason": why.replace(/[^ -~]+/g, " "),
});

const errorReply = ({ status, body }: WireError, headers: Readonly<Record<string, string>>): Reply => ({
  status,
  headers: { "content-type": JSON_TYPE, ...NO_RETRY, [OWN_ERROR]: "true", ...headers },
  body: writeJson(body, COMPACT),
});

/** An error of recctl's own, in the words of an API. */
export const saidBy = (
  api: Api,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ ...errorReply(errorOf(api, { status, message }), headers), said: message });

/** Why there is no answer for a client that does not wait for it any more. */
export const CLIENT_GONE = "the client went away before it had its answer";

/** What such a client would be told. */
export const saidToNobody = (api: Api, name: string | null): Reply =>
  saidBy(api, 499, CLIENT_GONE, marks("aborted", name));

/** Who defined the errors that are expected. */
export const apiOf = (routed: Routed | null, sent: Sent): Api => routed?.route.api ?? familyOf(sent) ?? "openai";
