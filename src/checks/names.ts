import { RULES } from "./index.ts";

/** What a rule and its variant are called together. */
export const fullName = (id: string, variant: string): string => (variant === "" ? id : `${id}/${variant}`);

/** Rules and their variants by name, as options and configurations take them. */
export const RULE_NAMES: readonly string[] = RULES.flatMap(({ id, variants }) => [
  ...new Set([id, ...Object.keys(variants).map((variant) => fullName(id, variant))]),
]);
