import { asString } from "../../../../src/recording/json/value.ts";
import { objectOf } from "../../../../src/server/matching/edits.ts";
import { TAVILY } from "../../../../src/server/matching/forms/tool.ts";
import type { Wires } from "./request.ts";

export const tool: Wires = ({ request, body }) => {
  const [provider, name] = [asString(request.get("provider")), asString(request.get("tool_name"))];
  const sent = objectOf({ tool_name: name, kwargs: body });
  const asked = { method: "POST", target: "/v1/tool-runtime/invoke", headers: {}, body: sent };
  const isSearch = provider === TAVILY.provider && name === TAVILY.tool;
  return isSearch ? [asked, { ...asked, target: "/search", body }] : [asked];
};
