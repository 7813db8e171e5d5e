import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { started } from "../cli/process.ts";
import { type Ran, recctl, temporary, tree } from "../run.ts";
import { made, wholes } from "./gone.ts";

/** How often each: what happens at once is never the same twice. */
const TIMES = Number(process.env.RECCTL_TOGETHER ?? 4);
