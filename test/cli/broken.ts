import { sample } from "./samples.ts";

/** A file that is no recording, where that shows, and what is said of it. */
export interface BrokenFile {
  name: string;
  content: string | Uint8Array;
  line: number;
  column: number;
  message: string;
}

const GOOD = sample({ answered: "At 22:14." });
const lines = GOOD.split("\n");

/** The good text with something else in line `number` (from 1). */
const withLine = (number: number, ...instead: string[]): string =>
  [...lines.slice(0, number - 1), ...instead, ...lines.slice(number)].join("\n");

/** The line (from 1) that holds `text`. */
const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;

const answer = lineOf("At 22:14.");
const answerLine = lines[answer - 1] as string;
const cut = GOOD.slice(0, GOOD.indexOf("22:14"));
const latin1 = Buffer.from(withLine(answer, answerLine.replace("At", "À\u{1f30a} At \xe9")), "utf8");
/** The e with an acute accent as its one byte of Latin-1. */
const accent = latin1.indexOf(Buffer.from("\xe9"));
const endpoint = lineOf('"endpoint"');

const file = (
  name: string,
  content: string | Uint8Array,
  line: number,
  column: number,
  message: string,
): BrokenFile => ({
  name,
  content,
  line,
  column,
  message,
});

/** In the order of their names. */
export const BROKEN: readonly BrokenFile[] = [
  file("bom", `\ufeff${GOOD}`, 1, 1, "the file begins with a byte order mark"),
  file("comma", '{\n  "test_id": "x",\n}\n', 3, 1, 'expected a key in double quotes, found "}"'),
  file(
    "conflict",
    withLine(endpoint, "<<<<<<< HEAD", lines[endpoint - 1] as string, "=======", "x", ">>>>>>> b"),
    endpoint,
    1,
    "merge conflict marker <<<<<<<",
  ),
  file(
    "conflict2",
    withLine(answer, answerLine, ">>>>>>> their branch"),
    answer + 1,
    1,
    "merge conflict marker >>>>>>>",
  ),
  file(
    "cut",
    cut,
    answer,
    answerLine.indexOf("22:14") + 1,
    `the file is cut off: expected the end of the string that opens at ${answer}:${answerLine.indexOf('"At') + 1}`,
  ),
  file(
    "cut2",
    `${lines.slice(0, endpoint).join("\n")}\n`,
    endpoint + 1,
    1,
    "the file is cut off: expected a key in double quotes",
  ),
  file("deep", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, 1, 1001, "nested more than 1000 levels deep"),
  file("empty", "", 1, 1, "empty file"),
  file(
    "latin1",
    Buffer.concat([latin1.subarray(0, accent), Buffer.from([0xe9]), latin1.subarray(accent + 2)]),
    answer,
    answerLine.indexOf("At") + 7,
    "not UTF-8: byte 0xe9",
  ),
  file(
    "lfs",
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
    1,
    1,
    "a Git LFS pointer, not the recording itself",
  ),
  file("list", "[]\n", 1, 1, "not a recording: the document is no object"),
  file(
    "newline",
    withLine(answer, answerLine.replace("At ", "At\n")),
    answer,
    answerLine.indexOf("At") + 3,
    "raw newline inside a string",
  ),
  file(
    "no-body",
    '{\n  "request": {},\n  "response": {"is_streaming": false}\n}',
    3,
    15,
    'not a recording: no "body" in "response"',
  ),
  file("no-request", '{"response": {"body": null}}', 1, 1, 'not a recording: no "request"'),
  file("number", withLine(answer, '"content": 1.'), answer, 14, 'expected a digit, found "\\n"'),
  file(
    "odd-response",
    '{\n  "request": {},\n  "response":\n    "twice",\n  "x": 1\n}',
    4,
    5,
    'not a recording: "response" is no object',
  ),
  file("prose", "Not found\n", 1, 1, 'expected a value, found "N"'),
  file("quotes", "{'request': {}}", 1, 2, 'expected a key in double quotes, found "\'"'),
  file("twice", `${GOOD}{}\n`, lines.length, 1, 'expected the end of the file, found "{"'),
  file("utf16", Buffer.from("\ufeff{}", "utf16le"), 1, 1, "not UTF-8: byte 0xff"),
  file("zeros", Buffer.alloc(300), 1, 1, 'expected a value, found "\\u0000"'),
];

/** Files that are unusual and no less recordings. */
export const GOOD_FILES: Readonly<Record<string, string>> = {
  "compact.json": JSON.stringify(JSON.parse(GOOD)),
  "crlf.json": GOOD.replaceAll("\n", "\r\n"),
  "infinite.json": withLine(
    answer,
    '"content": -Infinity, "score": NaN, "most": Infinity, "role": "assistant"',
  ).replace('"role": "assistant",\n', ""),
  "surrogate.json": GOOD.replace("At 22:14.", "\\ud83c"),
  "twice.json": GOOD.replace('"test_id": ', '"test_id": "t.py::first", "test_id": '),
};
