import { asString } from "../../../../src/recording/json/value.ts";
import type { Wires } from "./request.ts";

export const payload: Wires = ({ route, request, body, base }) => {
  const method = asString(request.get("method")) ?? route.method;
  const query = /\?[^#]*/.exec(asString(request.get("url")) ?? "")?.[0] ?? "";
  return [{ method, target: base + route.endpoint + query, headers: {}, body }];
};
