import { duplicate } from "./duplicate.ts";
import { json } from "./json.ts";
import { kind } from "./kind.ts";
import { listDigestRule } from "./list-digest.ts";
import { name } from "./name.ts";
import { normalised } from "./normalised.ts";
import { place } from "./place.ts";
import { recordedAs } from "./recorded-as.ts";
import { request } from "./request.ts";
import type { Rule } from "./rule.ts";
import { schema } from "./schema/rule.ts";
import { secret } from "./secret.ts";
import { size } from "./size.ts";
import { stream } from "./stream/index.ts";
import { textForm } from "./text-form.ts";

/** The table of rules, in the order in which findings of equal weight are told. */
export const RULES: readonly Rule[] = [
  json,
  schema,
  name,
  listDigestRule,
  stream,
  secret,
  textForm,
  place,
  kind,
  request,
  normalised,
  recordedAs,
  duplicate,
  size,
];
