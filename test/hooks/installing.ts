import { spawnSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../run.ts";
import { GIT_ENV, repository } from "../store/repository.ts";
import { succeed } from "./command.ts";

export const HAS_NPM = spawnSync("npm", ["--version"]).status === 0;

/** How npm gets packages on this machine. Passwords, prefixes and all else that is somebody's is left out. */
const REACH = ["cache", "registry", "proxy", "https-proxy", "noproxy", "cafile", "strict-ssl"];

/** Where one file of tests installs, and what its commands see: nothing of the person who runs them but npm's cache. */
export interface Place {
  folder: string;
  env: Record<string, string>;
  remove(): void;
}

export async function place(): Promise<Place> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "recctl-hooks-")));
  const home = join(folder, "home");
  mkdirSync(home);
  const { stdout } = await succeed("npm", ["config", "list", "--json"], { cwd: ROOT, env: process.env });
  const config: Record<string, unknown> = JSON.parse(stdout);
  const env: Record<string, string> = { ...GIT_ENV, HOME: home, NPM_CONFIG_LOGS_MAX: "0" };
  // What npm ci has just fetched is not asked for again.
  env.NPM_CONFIG_PREFER_OFFLINE = "true";
  for (const key of REACH) {
    const value = config[key];
    if (value !== null && value !== undefined && value !== "")
      env[`NPM_CONFIG_${key.toUpperCase().replaceAll("-", "_")}`] = String(value);
  }
  const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
  if (certificates) env.NODE_EXTRA_CA_CERTS = certificates;
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The project as a repository of one commit: what git would take of the folder it lies in, so that nothing built comes along. */
export function projectRepository({ folder }: Place): { root: string; revision: string } {
  const root = join(folder, "project");
  const { git, commit } = repository(root);
  const listed = ["-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const path of git(...listed).split("\0")) {
    // Not what was deleted, nor a `node_modules` that is a link, which .gitignore does not name.
    if (lstatSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile()) cpSync(join(ROOT, path), join(root, path));
  }
  return { root, revision: commit("recctl") };
}

/** What came of pre-commit's way to install a hook in JavaScript. */
export interface Installed {
  /** The empty prefix that it was installed to. */
  prefix: string;
  /** What `npm pack` wrote on stdout: pre-commit takes it as the name of a file, whole. */
  packed: string;
}

/** The three commands that pre-commit runs in its clone of a repository whose hooks are in JavaScript. */
export async function installAsPreCommit({ folder, env }: Place): Promise<Installed> {
  const { root } = projectRepository({ folder, env } as Place);
  const cwd = join(folder, "clone");
  const prefix = join(folder, "prefix");
  mkdirSync(prefix);
  const own = { cwd, env: { ...env, NPM_CONFIG_PREFIX: prefix, npm_config_prefix: prefix } };
  await succeed("git", ["clone", "--quiet", root, cwd], { cwd: folder, env });
  const quiet = ["--ignore-prepublish", "--no-progress", "--no-save"];
  await succeed("npm", ["install", "--include=dev", "--include=prod", ...quiet], own);
  const { stdout: packed } = await succeed("npm", ["pack"], own);
  await succeed("npm", ["install", "-g", join(cwd, packed.trim())], own);
  // As pre-commit does: nothing of the clone may be needed any more.
  rmSync(cwd, { recursive: true });
  return { prefix, packed };
}
