import { keyText, verbOf, type Where } from "./keys.ts";

/** What is said of a key that does something elsewhere and nothing where it was pressed; null of one that does nothing anywhere. */
export function strayText(where: Where, key: string): string | null {
  const isOf = (place: Where): boolean => verbOf(place, key) !== undefined;
  const text = keyText(key);
  if (where === "prompt") return null;
  if (where !== "lists" && where !== "answer" && where !== "play") {
    return isOf("lists") || isOf("play") ? `${text} does nothing here: Esc goes back` : null;
  }
  if (isOf("lists")) {
    return where === "play"
      ? `${text} does nothing while a stream plays: Esc stops it`
      : "nothing is further in than this: Esc goes back";
  }
  if (isOf("play")) return `${text} is for a stream that plays: p plays one`;
  return isOf("plan") ? `${text} is for the plan of what is marked: D shows it` : null;
}
