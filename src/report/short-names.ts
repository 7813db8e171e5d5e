/** Characters of a name by which people know a recording, and so many at most where two begin alike. */
const SHORT = 8;
const MOST = 24;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "");

/** What two recordings are called beside each other: the beginnings of their names, where these tell them apart. */
export function shortNames(old: string, now: string): readonly [old: string, now: string] {
  const [one, other] = [nameOf(old), nameOf(now)];
  let length = SHORT;
  while (length <= MOST && one.slice(0, length) === other.slice(0, length)) length++;
  return length > MOST ? ["first", "second"] : [one.slice(0, length), other.slice(0, length)];
}
