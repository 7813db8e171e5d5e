/** The words of a line, as a shell would split it that expands nothing; null where a quote is not closed. */
export function shellWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const unit = line[at] as string;
    if (unit === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) return null;
      word = (word ?? "") + line.slice(at + 1, end);
      at = end;
    } else if (unit === '"') {
      const quoted = doubleQuoted(line, at + 1);
      if (quoted === null) return null;
      word = (word ?? "") + quoted.text;
      at = quoted.end;
    } else if (unit === "\\") {
      word = (word ?? "") + (line[++at] ?? "\\");
    } else if (/\s/.test(unit)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + unit;
  }
  return word === null ? words : [...words, word];
}

/** Within double quotes a backslash takes back what the quotes and it mean, and nothing else. */
function doubleQuoted(line: string, from: number): { text: string; end: number } | null {
  let text = "";
  for (let at = from; at < line.length; at++) {
    if (line[at] === '"') return { text, end: at };
    if (line[at] === "\\" && /["\\$`]/.test(line[at + 1] ?? "")) at++;
    text += line[at];
  }
  return null;
}
