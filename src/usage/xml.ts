/**
 * A reader of XML. A module of its own, to be loaded where the first XML has to be read: in the bundle, a library of CommonJS
 * that is imported dynamically has no names.
 */
export { SaxesParser } from "saxes";
