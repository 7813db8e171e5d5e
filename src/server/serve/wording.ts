/** How whoever is told to set something writes it: as flags of the command, or as options of the library. */
export interface Wording {
  readonly keepFailures: string;
  readonly keepPartial: string;
  readonly allowSecrets: string;
  /** What is asked for an API, or for the provider of a tool, which is then asked below its name. */
  upstream(name: string, url: string): string;
  provider(name: string): string;
}

/** Of `recctl serve`. */
export const AS_FLAGS: Wording = {
  keepFailures: "--keep-failures",
  keepPartial: "--keep-partial",
  allowSecrets: "--allow-secrets",
  upstream: (name, url) => `--upstream ${name}=${url}`,
  provider: (name) => `--upstream ${name}=URL, and ask under /${name}`,
};

/** Of `createFetch`. */
export const AS_OPTIONS: Wording = {
  keepFailures: "keepFailures: true",
  keepPartial: "keepPartial: true",
  allowSecrets: "allowSecrets: true",
  upstream: (name, url) => `upstreams: { ${keyOf(name)}: ${JSON.stringify(url)} }`,
  provider: (name) => `upstreams: { ${keyOf(name)}: "URL" }, and ask under /${name}`,
};

const keyOf = (name: string): string => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));
