import type { Severity } from "../checks/rule.ts";

/** What a configuration may set. */
export interface Settings {
  /** Folders or globs that are searched where no path is given, from the configuration's folder; empty: the current folder. */
  roots: readonly string[];
  /** Where recordings of no test lie, from the configuration's folder. */
  fallback: string;
  /** The scheme of today: an id of SCHEMES (inference or http), or "auto". */
  scheme: string;
  /** Severity by rule ("name") or by one of its findings ("secret/email"). */
  rules: Readonly<Record<string, Severity>>;
  /** Texts that are no secrets; * is anything. */
  allow: readonly string[];
  /** Recordings that are always kept: globs of paths, or test ids with *. */
  keep: readonly string[];
  /** The largest size that is no finding, in bytes. */
  size: number;
  /** What `serve` asks for what is not recorded: urls by name. Such a url is never sent a key of the environment, but for an API's own host. */
  upstreams: Readonly<Record<string, string>>;
}

/** Where each setting comes from: `default`, or `path:line:column`. */
export type Origins = Readonly<Record<keyof Settings, string>>;

const BY_DEFAULT = "default";

/** What holds where nothing is set. */
export const DEFAULTS: Settings = {
  roots: [],
  fallback: "tests/integration/common/recordings",
  scheme: "auto",
  rules: {},
  allow: [],
  keep: [],
  size: 1_000_000,
  upstreams: {},
};

export const DEFAULT_ORIGINS: Origins = {
  roots: BY_DEFAULT,
  fallback: BY_DEFAULT,
  scheme: BY_DEFAULT,
  rules: BY_DEFAULT,
  allow: BY_DEFAULT,
  keep: BY_DEFAULT,
  size: BY_DEFAULT,
  upstreams: BY_DEFAULT,
};
