import type { FindingsDocument } from "../report.ts";
import { github } from "./github.ts";
import { junit } from "./junit.ts";
import { sarif } from "./sarif.ts";

/** The table of formats that CI systems read, of findings alone. */
export const CI_FORMATS = { github, sarif, junit } as const satisfies Record<
  string,
  (findings: FindingsDocument) => Iterable<string>
>;
