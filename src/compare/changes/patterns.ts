import type { Volatile } from "../change.ts";

/** What changes with every run, and how it is found. */
export interface Pattern {
  kind: Volatile;
  regexp: RegExp;
  /** What stands for what was found; none: the kind, in brackets. */
  stand?: (found: string) => string;
}

/** Where an id or a path may begin: not within a word, but for what follows an escape in JSON within a text. */
const START = "(?:(?<![\\w-])|(?<=\\\\[nrt]))";
const ROOT = "(?:(?<![\\w.~/\\\\-])|(?<=\\\\[nrt]))";
/** An id that a machine made: a digit, or both cases. */
const MADE = "(?=[\\w-]*(?:\\d|[a-z][A-Z]))[\\w-]";
const UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\\.?";
const WEEKDAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\\s{1,3})?";
const CLOCK = "\\d{1,2}:[0-5]\\d:[0-5]\\d(?:[.,]\\d{1,9})?";
const ZONE = "(?:\\s?(?:Z|UTC|GMT)\\b|\\s?[+-]\\d{2}:?\\d{2}(?!\\d))?";
const DAY = "(?:19|20)\\d{2}-[01]\\d-[0-3]\\d";
/** Of the services whose hosts are called after an account, a workspace or a region. */
const ACCOUNTS = [
  "(?:openai|cognitiveservices|services\\.ai|ai|search|inference\\.ml)\\.azure\\.com",
  "azuredatabricks\\.net",
  "(?:cloud|gcp)\\.databricks\\.com",
  "amazonaws\\.com",
  "cloud\\.ibm\\.com",
  "aiplatform\\.googleapis\\.com",
  "snowflakecomputing\\.com",
  "endpoints\\.huggingface\\.cloud",
  "ngrok(?:-free)?\\.(?:app|io|dev)",
].join("|");

const make = (source: string, flags = "g"): RegExp => new RegExp(source, flags);

/** What changes with every run, in the order in which it is looked for: an id may hold a uuid, an address a path. */
export const PATTERNS: readonly Pattern[] = [
  {
    kind: "call id",
    regexp: make(`${START}(?:(?:(?:call|toolu|tooluse|srvtoolu)_|chatcmpl-tool-)${MADE}{8,}|functions\\.[\\w-]+:\\d+)`),
  },
  {
    kind: "id",
    regexp: make(
      `${START}(?:(?:file|chatcmpl|cmpl|rec|gen|rerank|ftjob|org|user)-|(?:vs|vsfb|resp|msg|rs|fc|ws|fs|ci|ig|mcp|mcpl|mcpr|mcpa|run|thread|asst|batch|conv|item|req|step|proj|embd|modr|chunk|doc)_)${MADE}{8,}`,
    ),
  },
  { kind: "uuid", regexp: make(`(?<![0-9a-fA-F-])${UUID}(?![0-9a-fA-F-])`) },
  { kind: "id", regexp: make("(?<![\\w-])(?=[0-9a-fA-F]*\\d)(?=\\d*[a-fA-F])[0-9a-fA-F]{16,}(?![\\w-])") },
  {
    kind: "host",
    regexp: make(
      `(?<![\\w.-])[\\w-]+(?:\\.[\\w-]+)*\\.(?:${ACCOUNTS})(?::\\d{2,5})?(?![\\w-]|\\.\\w)` +
        "|(?<![\\w.-])(?:localhost|127(?:\\.\\d{1,3}){3}|0\\.0\\.0\\.0)(?::\\d{2,5})?(?![\\w-]|\\.\\w)" +
        "|(?<=://)[\\w.-]+:\\d{2,5}(?!\\d)" +
        "|(?<![\\w.-])(?:\\d{1,3}(?:\\.\\d{1,3}){3}|(?:[A-Za-z][\\w-]*\\.)+[a-z]{2,12}):\\d{2,5}(?![\\w:])",
    ),
  },
  { kind: "time", regexp: make(`(?<![\\w-])${DAY}[T ]${CLOCK}${ZONE}`) },
  { kind: "time", regexp: make(`${WEEKDAY}\\b\\d{1,2} ${MONTH} 20\\d{2} ${CLOCK}${ZONE}`) },
  // A date in a version is none: it says what was asked.
  { kind: "date", regexp: make(`(?<![\\w-])(?<!version["'=: ]{0,4})${DAY}(?![\\w-])`) },
  {
    kind: "date",
    regexp: make(
      `${WEEKDAY}\\b(?:${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? 20\\d{2}|\\d{1,2}(?:st|nd|rd|th)? ${MONTH},? 20\\d{2})\\b`,
    ),
  },
  { kind: "date", regexp: make("(?<![\\w/])\\d{1,2}/\\d{1,2}/20\\d{2}(?![\\w/])") },
  {
    kind: "time",
    regexp: make(
      `(?<![\\w:.])(?:${CLOCK}|\\d{2}:[0-5]\\d(?!:\\d)|\\d{1,2}:[0-5]\\d(?=\\s?[AaPp]\\.?[Mm]))(?:\\s?[AaPp]\\.?[Mm]\\b\\.?)?${ZONE}(?![\\w:])`,
    ),
  },
  // Seconds, and milliseconds, since 1970: where they are called so, have a fraction, or are as many as milliseconds are.
  {
    kind: "time",
    regexp: make(
      "(?=1[4-9])(?<=(?:time|stamp|created|updated|expires|date|_at|\\bts)[\"'\\\\]{0,2}\\s?[:=]\\s?)1[4-9]\\d{8}(?:\\d{3})?(?:\\.\\d+)?(?!\\d)|(?<![\\w.-])1[4-9]\\d{8}(?:\\d{3}|\\.\\d+)(?![\\w.])",
    ),
  },
  {
    kind: "path",
    regexp: make(`${ROOT}(?:/private)?/(?:tmp|var/tmp|var/folders|dev/shm)(?:/[\\w.@+~-]+)+`),
    stand: temporary,
  },
  {
    kind: "path",
    regexp: make(`${ROOT}(?:/(?:home|Users)/[\\w.-]+|/root(?=/)|[A-Za-z]:\\\\{1,2}Users\\\\{1,2}[\\w.-]+)`),
  },
  {
    kind: "score",
    regexp: make(
      "(?=[-+.\\d])(?<=(?:score|similarity|distance|relevance|confidence|probability|logprob)[\"'\\\\]{0,3}\\s{0,2}[:=]?\\s{0,2})[-+]?\\d*\\.\\d+(?:[eE][-+]?\\d+)?|(?<![\\w.])-?\\d{1,3}\\.\\d{6,}(?:[eE][-+]?\\d+)?(?![\\w.])",
      "gi",
    ),
  },
];

/** A path for a while: folders are made up for each run, a file in them is called what it was called. */
function temporary(found: string): string {
  const segments = found.replace(/^(?:\/private)?(?:\/var|\/dev)?\/\w+\//, "").split("/");
  const file = segments.at(-1) as string;
  return segments.length > 1 && /^(?!tmp)[\w@+~-]+\.\w{1,8}$/.test(file) ? `<path>/${file}` : "<path>";
}
