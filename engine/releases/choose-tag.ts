import { isCompanionTag } from '../artifacts/signatures/companion-tags.ts';

/** A tag of an image, and what it points at. */
export interface ImageTag {
  readonly tag: string;
  readonly digest: string;
}

/**
 * Whether a tag is meant by a filter, in which `*` stands for any characters; the rest is compared as it is. What tools
 * keep beside an image, such as its signature, is never meant.
 */
export function isMeantBy(filter: string, tag: string): boolean {
  if (isCompanionTag(tag)) return false;
  const pattern = filter
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(tag);
}

/**
 * The newest of the tags that a filter means: by version, numbers compared as numbers, and what has a suffix behind a
 * dash (`1.2.0-rc1`) before the same without one, as semantic versions are ordered.
 * @returns undefined when the filter means none of them.
 */
export function chooseTag(filter: string, tags: readonly ImageTag[]): ImageTag | undefined {
  return tags.filter(({ tag }) => isMeantBy(filter, tag)).toSorted((a, b) => compareVersions(b.tag, a.tag))[0];
}

/** Negative when `a` comes before `b`. A total order: equal only for equal tags. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareParts(left[index], right[index]);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

type Part = number | string;

/** `v1.12.0-rc2` is v, 1, ., 12, ., 0, -, rc, 2. */
function partsOf(tag: string): readonly Part[] {
  return (tag.match(/\d+|[a-zA-Z]+|[^\da-zA-Z]+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));
}

function compareParts(a: Part | undefined, b: Part | undefined): number {
  if (a === b) return 0;
  // What goes on behind a dash is a pre-release of what ends here; anything else that goes on is newer.
  if (a === undefined) return b === '-' ? 1 : -1;
  if (b === undefined) return a === '-' ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // `1-rc` is before `1.1`, and a number is before a word.
  if (a === '-') return -1;
  if (b === '-') return 1;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : 1;
}
