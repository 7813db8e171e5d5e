import type { Machine } from "../machine.ts";
import type { Action } from "../state/action.ts";
import { whereOf } from "../state/update.ts";
import type { Heard } from "./decode.ts";

/** Tells the machine what people did. */
export function tell(machine: Machine, heard: Heard): void {
  if (heard.is === "key") machine.key(heard.name);
  else {
    const action = actionOf(heard);
    // Outside a prompt each character of a text would be a key.
    if (action.type !== "input" || whereOf(machine.state) === "prompt") machine.dispatch(action);
  }
}

function actionOf(heard: Exclude<Heard, { is: "key" }>): Action {
  if (heard.is === "paste") return { type: "input", text: lineOf(heard.text) };
  const { column, row } = heard;
  return heard.is === "click" ? { type: "click", column, row } : { type: "wheel", by: heard.by, column, row };
}

const lineOf = (text: string): string => text.replace(/\r\n|[\r\n\t]/g, " ").replace(/\p{Cc}/gu, "");
