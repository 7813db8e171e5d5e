/** What stands in for the package `string-width` in the bundle. */
export { width as default } from "../../text/width.ts";
