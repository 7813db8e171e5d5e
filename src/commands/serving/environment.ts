/** What tells client libraries where their API is, by the variables that they read. */
export const pointers = (url: string): Record<string, string> => ({
  OPENAI_BASE_URL: `${url}/v1`,
  OPENAI_API_BASE: `${url}/v1`,
  ANTHROPIC_BASE_URL: url,
  OLLAMA_HOST: url,
  GOOGLE_GEMINI_BASE_URL: url,
  GOOGLE_VERTEX_BASE_URL: url,
  GEMINI_BASE_URL: url,
  TAVILY_BASE_URL: url,
  RECCTL_URL: url,
});

/** Libraries refuse to start without a key. Of a group none is set where one is: of two Google's library warns. */
const KEYS: readonly (readonly string[])[] = [
  ["OPENAI_API_KEY"],
  ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"],
  ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
  ["TAVILY_API_KEY"],
];
/** No upstream is ever sent it. */
const DUMMY = "recctl-dummy-key";

type Env = Readonly<Record<string, string | undefined>>;

/** The variable that holds the token which a server asks its clients for. */
export const TOKEN_VARIABLE = "RECCTL_TOKEN";

/** What a command is given beside the environment that it has: where the server is, its token, and keys where there are none. */
export function commandEnv(url: string, token: string | undefined, env: Env): Record<string, string> {
  const keys = KEYS.filter((names) => names.every((name) => !env[name])).map(([name = ""]) => [name, DUMMY]);
  const told = token === undefined ? {} : { [TOKEN_VARIABLE]: token };
  return { ...pointers(url), ...told, ...Object.fromEntries(keys), ...direct(env) };
}

/** A proxy of the environment would be asked for this machine's own address. */
function direct(env: Env): Record<string, string> {
  const named = ["NO_PROXY", "no_proxy"].filter((name) => env[name]);
  const isProxied = Object.keys(env).some((name) => /^(?:https?|all)_proxy$/i.test(name) && env[name]);
  if (!isProxied) return {};
  return Object.fromEntries(
    (named.length > 0 ? named : ["NO_PROXY", "no_proxy"]).map((name) => {
      const before = env[name] ?? "";
      return [name, [before, "127.0.0.1,localhost,::1"].filter((part) => part !== "").join(",")];
    }),
  );
}
