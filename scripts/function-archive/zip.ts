import { zipSync, type Zippable } from 'fflate';

const regularFile = 0o100_644;
const unix = 3;
/** The highest that the format's inventors defined; bytes depend on nothing else, since fflate is no native code. */
const level = 9;

/**
 * A zip whose bytes depend on the names and contents of its files alone: sorted by name, with one time and one mode for all.
 * @param files by their path in the archive, with `/` between folders.
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // A zip keeps the time of the machine's own clock without its zone; this is the same reading on every machine.
  const mtime = new Date(1980, 0, 1, 12);
  const entries: Zippable = {};
  for (const name of [...files.keys()].sort(byCodeUnit)) {
    entries[name] = [files.get(name) ?? new Uint8Array(), { level, mtime, os: unix, attrs: regularFile * 0x1_0000 }];
  }
  return zipSync(entries);
}

/** Not by the language of whoever builds. */
function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
