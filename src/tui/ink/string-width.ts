import { width } from "../../text/width.ts";

const PLAIN = /^[ -~]*$/;

/** What stands in for the package `string-width` in the bundle: how many columns a text takes, its escapes none. */
export default function stringWidth(text: string): number {
  return PLAIN.test(text) ? text.length : width(text);
}
