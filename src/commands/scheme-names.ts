import { SCHEME_IDS } from "../checks/today.ts";

/** What may be given as the scheme in force. */
export const SCHEME_NAMES: readonly string[] = ["auto", ...SCHEME_IDS];
