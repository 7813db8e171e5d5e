import { candidates } from "../axes.ts";
import { floatAxes } from "../numbers.ts";
import type { Form } from "./form.ts";
import { plainUnlessSaid } from "./stream.ts";

/** Where an API has its sampling, other than at the root. */
const BELOW: Readonly<Record<string, readonly string[]>> = { "gemini-interactions": ["generation_config"] };

/** APIs whose payload is recorded as it was sent: Anthropic Messages, Gemini interactions, rerank. */
export const payload: Form = {
  stored({ route }, body) {
    const streams = route.streams === "never" ? [] : [plainUnlessSaid(body)];
    return candidates(body, [...streams, ...floatAxes(body, BELOW[route.id])]);
  },
};
