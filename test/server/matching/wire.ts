import { asObject, asString, JsonObject } from "../../../src/recording/json/value.ts";
import { kindOf } from "../../../src/recording/kinds.ts";
import { splitUrl } from "../../../src/recording/names/url.ts";
import { ROUTES } from "../../../src/server/matching/route-table.ts";
import { baseOf, type FormId, type Route } from "../../../src/server/matching/routes.ts";
import { generate } from "./wires/genai.ts";
import { embed } from "./wires/genai-embed.ts";
import { ollama } from "./wires/ollama.ts";
import { openai } from "./wires/openai.ts";
import { payload } from "./wires/payload.ts";
import type { WireRequest, Wires } from "./wires/request.ts";
import { tool } from "./wires/tool.ts";

const WIRES: Readonly<Record<FormId, Wires>> = { openai, ollama, payload, generate, embed, invoke: tool, search: tool };

/** The row of the table that a recorded request was made under; null for one that none makes. */
export function recordedRoute(request: JsonObject): Route | null {
  const kind = kindOf(new Set(request.keys));
  if (kind === "tool") return ROUTES.find((route) => route.kind === "tool") as Route;
  const url = asString(request.get("url"));
  return (url !== undefined && ROUTES.find((route) => route.kind === kind && baseOf(route, url) !== null)) || null;
}

/** What clients send for a recorded request, the recorder's own library first; none for what no row of the table asks. */
export function wiresOf(request: JsonObject): readonly WireRequest[] {
  const route = recordedRoute(request);
  if (!route) return [];
  const body =
    ["body", "payload", "kwargs"].map((key) => asObject(request.get(key))).find((found) => found) ?? new JsonObject();
  const url = asString(request.get("url")) ?? "";
  const base = splitUrl(baseOf(route, url) ?? "").path;
  return WIRES[route.form]({ route, request, body, base });
}

/** What the recorder's own library sends for a recorded request; null for what no row of the table asks. */
export const wireOf = (request: JsonObject): WireRequest | null => wiresOf(request)[0] ?? null;
