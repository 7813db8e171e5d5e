import { PEOPLE, PROJECTS } from "./accounts.ts";
import { HOSTS } from "./hosts.ts";
import { CLOUD_KEYS, MODEL_KEYS } from "./keys.ts";
import type { Pattern } from "./pattern.ts";
import { TOKENS } from "./tokens.ts";

/** The table of secrets. Of two that fit the same text, the first is told: the particular stand before the general. */
export const PATTERNS: readonly Pattern[] = [...MODEL_KEYS, ...CLOUD_KEYS, ...TOKENS, ...PROJECTS, ...HOSTS, ...PEOPLE];
