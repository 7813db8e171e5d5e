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

/** How many hex digits of a hash people are shown (git shows seven of forty), and of a list's digest. */
const SHORT = { hash: 8, digest: 4 };

/** An id as people see it; {@link matchesId} takes it back. */
export function shortId(id: string): string {
  const { hash, digest } = splitId(id);
  if (!/^[0-9a-f]{12,}$/.test(hash)) return id;
  return hash.slice(0, SHORT.hash) + (digest === "" ? "" : `-${digest.slice(0, SHORT.digest)}`);
}

/** Whether `ref` names `id`: a prefix of its hash, and of its digest where one is given. */
export function matchesId(id: string, ref: string): boolean {
  if (id.startsWith(ref)) return true;
  const wanted = splitId(ref);
  const own = splitId(id);
  return wanted.digest !== "" && own.hash.startsWith(wanted.hash) && own.digest.startsWith(wanted.digest);
}

function splitId(id: string): { hash: string; digest: string } {
  const cut = id.indexOf("-");
  return cut < 0 ? { hash: id, digest: "" } : { hash: id.slice(0, cut), digest: id.slice(cut + 1) };
}
