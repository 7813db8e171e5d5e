import { matcher } from "../../listing/filter.ts";
import { answerLines } from "../content/answer.ts";
import { finderIn, firstHit } from "../content/found.ts";
import { windowRows } from "./layout.ts";
import { bodyOf, openBodyOf, requestOf, shownPath } from "./requests.ts";
import type { State } from "./state.ts";
import { clamp } from "./window.ts";

/** How much of the pane stays above a line that is scrolled to: what comes before it tells what it is about. */
const ABOVE = 1 / 3;

/**
 * Scrolls the answer to the first place of what was searched for, once the recording that was gone to is read; where it is not
 * in what the pane shows, the message says where it is.
 */
export function sought(state: State): State {
  const { search } = state;
  if (!search?.seek || search.landing) return state;
  const isHere = shownPath(state) === search.seek;
  if (isHere && bodyOf(state) === null) return state;
  const done: State = { ...state, search: { ...search, seek: null } };
  const finder = finderIn(state);
  if (!isHere || finder === null || openBodyOf(state) === null) return done;
  const line = firstHit(answerLines(state), finder);
  return line < 0 ? noted(done, whereElse(state)) : scrolled(done, line);
}

/** Puts a line of the answer where it is seen; where it is, nothing moves. */
function scrolled(state: State, line: number): State {
  const { answer } = state;
  const rows = windowRows(state, "answer");
  const isSeen = line >= answer.top && line < answer.top + rows;
  const most = Math.max(0, answerLines(state).length - rows);
  const top = isSeen ? answer.top : clamp(line - Math.floor(rows * ABOVE), 0, most);
  return { ...state, answer: { ...answer, top, line: answer.tab === "raw" ? line : answer.line } };
}

/** Where what was found in the recording at hand stands, if not in what the pane shows. */
function whereElse(state: State): string {
  const { search, answer } = state;
  const finder = finderIn(state);
  const inConversation: State = { ...state, answer: { ...answer, tab: "conversation" } };
  const isThere = answer.tab !== "conversation" && finder && firstHit(answerLines(inConversation), finder) >= 0;
  if (isThere) return "1 shows it in the conversation";
  const holds = matcher(search?.text ?? "");
  const entry = requestOf(state);
  if (holds(entry?.head.testId ?? "")) return "in the test id";
  if (holds(entry?.id ?? "")) return "in the id";
  if (holds(entry?.head.model ?? "")) return "in the name of the model";
  return "not in what the pane shows: o shows all of it";
}

/** The message on a hit, with where it is. */
function noted(state: State, where: string): State {
  const { message } = state;
  if (message === null || !/^\d[\d,]* of \d/.test(message.text)) return state;
  return { ...state, message: { ...message, text: message.text.replace(/(?: \(searching…\))?$/, `, ${where}$&`) } };
}
