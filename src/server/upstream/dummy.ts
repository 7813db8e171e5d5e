/** What keys of that API begin with, and what stands before a key in a header. */
const BEFORE = /^(?:(?:bearer|basic)(?:\s+|$))?(?:sk-ant-|sk-proj-|sk-|gsk_|tvly-|hf_|xai-|nvapi-|key-)*/i;

/** Words that are no key, whoever sends them. */
const WORDS = new Set(
  (
    "a an and any anything api apikey bearer changeme default dummy empty example fake foo bar for here id insert is key keys " +
    "local localhost lm studio mock my na needed no none not null ollama openai optional placeholder proxy real recctl replay " +
    "required secret sk stub test testing tests the this token undefined unset unused value vllm whatever x xxx your"
  ).split(" "),
);

/** At least one of these must be there: a key that somebody made up from plain words (`my-secret-token`) is one. */
const TELLING = new Set(
  (
    "anything changeme dummy empty example fake foo bar here mock na needed no none not null ollama optional placeholder recctl " +
    "replay required stub test testing tests undefined unset unused whatever x xxx your"
  ).split(" "),
);

/**
 * Whether a key is one that clients send because they must send something ("dummy", "sk-test-key", "not-needed", "x",
 * "sk-…", "$OPENAI_API_KEY"). The rule is narrow, for a short word may be the key of somebody's own server: the whole of it,
 * behind what keys begin with, is
 * - nothing, or one character again and again, or
 * - a placeholder in brackets, or a variable that no shell put in, or
 * - words of a closed list, one of which says that there is no key; digits that only count up may stand beside them, or
 * - digits that only count up.
 * Issued keys have 20 random characters or more, so none is made of such words.
 */
export function isDummyKey(key: string): boolean {
  const rest = key.trim().replace(BEFORE, "");
  if (/^(.?)\1*$/u.test(rest) || rest === "…") return true;
  if (/^(?:<[^>]*>|\[[^\]]*\]|\{\{?[^}]*\}?\}|\$\{?\w+\}?|%\w+%)$/.test(rest)) return true;
  if (isCounting(rest)) return true;
  const words = rest
    .toLowerCase()
    .split(/[\s._/-]+/)
    .filter((word) => word !== "");
  return (
    words.every((word) => WORDS.has(word) || isCounting(word) || /^x+$/.test(word)) &&
    words.some((word) => TELLING.has(word) || /^x+$/.test(word))
  );
}

const isCounting = (text: string): boolean => /^\d+$/.test(text) && "01234567890".includes(text);
