/** What a test was called in part, and is called now. */
export interface Rename {
  readonly old: string;
  readonly new: string;
}

const fileOf = (testId: string): string => testId.split("::", 1)[0] as string;

/** A path's folder; an empty text where it has none. */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A test id without its parameters, and those. */
function cutOf(testId: string): [name: string, parameters: string] {
  const cut = testId.indexOf("[", testId.indexOf("::"));
  return cut < 0 ? [testId, ""] : [testId.slice(0, cut), testId.slice(cut)];
}

/**
 * What was renamed of a test, the same for all tests that were renamed along: its file, where only that moved, or its name
 * without parameters, where they are the same, else the whole id.
 */
export function renameOf(old: string, now: string): Rename | null {
  if (old === now) return null;
  const [was, is] = [fileOf(old), fileOf(now)];
  if (was !== is && old.slice(was.length) === now.slice(is.length)) return { old: was, new: is };
  const [name, parameters] = cutOf(old);
  const [newName, newParameters] = cutOf(now);
  return parameters === newParameters ? { old: name, new: newName } : { old, new: now };
}

/** The path of a recording once its test file has moved; null where it does not lie beside that. */
export function movedTo(path: string, old: string, now: string): string | null {
  const beside = (testId: string): string => [directoryOf(fileOf(testId)), "recordings"].filter(Boolean).join("/");
  const folder = directoryOf(path);
  const own = beside(old);
  if (folder !== own && !folder.endsWith(`/${own}`)) return null;
  return `${folder.slice(0, folder.length - own.length)}${beside(now)}${path.slice(folder.length)}`;
}

/** Whether two tests share all but one of: folder, file, name, parameters. A rename changes one of them. */
export function isLikeRename(old: string, now: string): boolean {
  const parts = (id: string): string[] => {
    const [name, parameters] = cutOf(id);
    const file = fileOf(id);
    return [directoryOf(file), file.slice(directoryOf(file).length), name.slice(file.length), parameters];
  };
  const [was, is] = [parts(old), parts(now)];
  return was.filter((part, at) => part !== is[at]).length === 1;
}
