import { dirname } from "node:path";
import type { Left } from "./change.ts";
import { type Disk, isGone, isTaken } from "./disk.ts";
import { discard, EMPTY, linkOrCopy, lookAt, makeFolder, moveToFree, syncFolder, temporaryBeside } from "./files.ts";
import { originalOf, type Transaction } from "./journal.ts";

/** A place that a transaction touches: what must be there afterwards, and what may be there now. */
interface Place {
  path: string;
  /** The number of the deed whose file belongs there; null: nothing does. */
  owner: number | null;
  /** The deed whose file came there, if one did. */
  guest: number | null;
  /** Hashes that the journal knows: whatever else is there is nobody's to destroy. */
  known: Set<string>;
}

/**
 * Brings every file back to what it was before the transaction, however far it or an earlier going back
 * came. All is decided by what is on the disk, and every original is kept elsewhere, so the order does
 * not matter, and it may be cut short and done again. What it does not know it leaves and tells.
 */
export function rollBack(transaction: Transaction, disk: Disk): { restored: number; left: Left[] } {
  const left: Left[] = [];
  const home = new Set<number>();
  let restored = 0;
  const places = placesOf(transaction);
  for (const [number, { path, lands }] of transaction.deeds.entries()) {
    for (const beside of new Set([path, lands ?? path])) discard(disk, temporaryBeside(beside, transaction.id, number));
  }
  // What was new has no original to come home first.
  for (const [number, { before }] of transaction.deeds.entries()) if (before === null) home.add(number);
  for (const place of places) {
    if (place.owner === null) continue;
    const result = putBack(transaction, place, place.owner, disk);
    if (typeof result === "object") left.push(result);
    else {
      home.add(place.owner);
      if (result) restored++;
    }
  }
  for (const place of places) {
    if (place.owner !== null) continue;
    const seen = lookAt(disk, place.path);
    if (seen.kind === "nothing") continue;
    if (seen.kind !== "file" || !place.known.has(seen.hash)) {
      left.push({ path: place.path, why: "not what recctl put there", kept: null });
    } else if (place.guest !== null && home.has(place.guest)) {
      disk.unlink(place.path);
      restored++;
    }
  }
  for (const folder of new Set(places.map(({ path }) => dirname(path)))) {
    if (disk.lstat(folder)) syncFolder(disk, folder);
  }
  return { restored, left };
}

/** Whether something had to be done, or why it was not. */
function putBack(transaction: Transaction, place: Place, owner: number, disk: Disk): boolean | Left {
  const { deeds, folder, id } = transaction;
  const { path } = place;
  const kept = originalOf(folder, owner);
  const seen = lookAt(disk, path);
  const before = deeds[owner]?.before as string;
  const original = lookAt(disk, kept);
  // An empty file may be a name that was claimed for one.
  const claimed = (mode: bigint): boolean =>
    before === EMPTY && original.kind === "file" && original.stat.mode !== mode;
  if (seen.kind === "file" && seen.hash === before && !claimed(seen.stat.mode)) return false;
  if (original.kind !== "file" || original.hash !== before) {
    return { path, why: "its original is lost", kept: null };
  }
  if (seen.kind !== "nothing" && !(seen.kind === "file" && place.known.has(seen.hash))) {
    return { path, why: "changed since", kept };
  }
  if (seen.kind === "file" && holdsLast(transaction, place, disk)) {
    return { path, why: "all that is left of another file, whose original is lost", kept };
  }
  const fresh = temporaryBeside(path, id, owner);
  try {
    makeFolder(disk, dirname(path));
    linkOrCopy(disk, kept, fresh);
    if (seen.kind === "nothing") moveToFree(disk, fresh, path);
    else disk.rename(fresh, path);
    return true;
  } catch (error) {
    if (isGone(error)) return { path, why: "its folder cannot be made again", kept };
    if (!isTaken(error)) throw error;
    discard(disk, fresh);
    return { path, why: "changed since", kept };
  }
}

/** Whether another file came to this place, and its original is not kept any more. */
function holdsLast({ deeds, folder }: Transaction, { owner, guest }: Place, disk: Disk): boolean {
  if (guest === null || guest === owner) return false;
  const hash = deeds[guest]?.before;
  return [originalOf(folder, guest), deeds[guest]?.path as string].every((path) => {
    const seen = lookAt(disk, path);
    return seen.kind !== "file" || seen.hash !== hash;
  });
}

function placesOf({ deeds }: Transaction): Place[] {
  const places = new Map<string, Place>();
  const at = (path: string): Place => {
    const place = places.get(path) ?? { path, owner: null, guest: null, known: new Set([EMPTY]) };
    places.set(path, place);
    return place;
  };
  for (const [number, { path, lands, before, after, was }] of deeds.entries()) {
    const source = at(path);
    if (before !== null) {
      source.owner = number;
      source.known.add(before);
    }
    if (was !== undefined) source.known.add(was);
    if (lands === null || after === null) continue;
    const target = at(lands);
    target.guest = number;
    target.known.add(after);
  }
  return [...places.values()];
}
