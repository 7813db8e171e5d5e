import { mentions } from "../config/mention.ts";
import { DEFAULT_ORIGINS, DEFAULTS, type Origins, type Settings } from "../config/settings.ts";
import { type ConfigFile, findConfig } from "../store/config.ts";
import type { Context } from "./command.ts";

/** What holds in a run. */
export interface Configuration extends Settings {
  /** The file that says so, as people see it; null where there is none. */
  file: string | null;
  /** What its paths are relative to, absolute: the folder of the file, else the current one. */
  folder: string;
  /** Where each setting comes from. */
  from: Origins;
}

const known = new WeakMap<Context, Promise<Configuration>>();

/**
 * What holds in this run; read once.
 * @throws UserError where the configuration is wrong
 */
export function settingsOf(context: Context): Promise<Configuration> {
  const read = known.get(context) ?? configuration(context);
  known.set(context, read);
  return read;
}

/** The checks of settings, loaded where there is something to check: most runs have no file. */
const checks = () => import("../config/read.ts");

const configures = async (file: ConfigFile): Promise<boolean> =>
  file.format === "json" || (mentions(file.text) && (await checks()).configures(file));

async function configuration({ cwd }: Context): Promise<Configuration> {
  const file = await findConfig({ cwd }, configures);
  if (file === null) return { ...DEFAULTS, file, folder: cwd, from: DEFAULT_ORIGINS };
  const { readSettings } = await checks();
  const { RULE_NAMES } = await import("../checks/names.ts");
  const { settings, from } = await readSettings(file, RULE_NAMES);
  return { ...settings, file: file.path, folder: file.folder, from };
}
