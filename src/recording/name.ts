/** What a file's name says: the hash of the request, and for model lists the digest of the answer. */
export interface Name {
  /** How people call the recording: `<hash>`, or `<hash>-<d8>` for a model list. */
  id: string;
  hash: string;
  /** First 8 hex digits of the digest over a model list's ids. */
  digest: string | null;
}

const LIST = /^models-([0-9a-f]+)-([0-9a-f]{8})$/;

/** Reads the name of a file, with or without its folder and `.json`. Any name is taken: one that is no hash is its own id. */
export function readName(file: string): Name {
  const stem = file.slice(file.lastIndexOf("/") + 1).replace(/\.json$/, "");
  const list = LIST.exec(stem);
  if (list) return { id: `${list[1]}-${list[2]}`, hash: list[1] as string, digest: list[2] as string };
  return { id: stem, hash: stem, digest: null };
}
