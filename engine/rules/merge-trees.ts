import type { SettingPath } from './problem.ts';
import type { YamlEntry, YamlTree } from './yaml-tree.ts';

/** An entry of a list that a nearer file says anew under the same name. */
export interface RestatedEntry {
  /** In the merged tree. */
  readonly path: SettingPath;
  readonly nearer: YamlTree;
  readonly farther: YamlTree;
}

export interface MergedTree {
  readonly tree: YamlTree;
  readonly restated: readonly RestatedEntry[];
}

type YamlMap = Extract<YamlTree, { kind: 'map' }>;
type YamlList = Extract<YamlTree, { kind: 'list' }>;
type NameOf = (item: YamlTree) => string | undefined;

/** Lists whose entries are told apart by a name: those of both files hold, and the nearer file may say one anew. */
const namedLists: ReadonlyMap<string, NameOf> = new Map<string, NameOf>([
  ['freezes', (item) => wordAt(item, 'name')],
  ['roles', (item) => wordAt(item, 'name')],
  ['applications', (item) => wordAt(item, 'name')],
  ['environments', (item) => wordAt(item, 'name')],
  ['paths', (item) => `${wordAt(item, 'from') ?? ''} → ${wordAt(item, 'to') ?? ''}`],
  // No entry replaces another: what is mandatory in any file is mandatory.
  ['mandatory', () => undefined],
  ['notifications.channels', (item) => wordAt(item, 'name')],
]);
/** In these, freezes stay when the entry around them is said anew. */
const listsWithFreezes: readonly string[] = ['applications', 'environments'];

/**
 * A document together with one that it extends. Groups are merged setting by setting, and what the nearer document says
 * wins; lists are replaced as a whole, but for those whose entries have names, and for freezes, which are only added to.
 */
export function mergeTrees(nearer: YamlTree, farther: YamlTree): MergedTree {
  const merger = new Merger();
  const tree = merger.merge(nearer, farther, []);
  return { tree, restated: merger.restated };
}

class Merger {
  readonly restated: RestatedEntry[] = [];

  merge(nearer: YamlTree, farther: YamlTree, path: SettingPath): YamlTree {
    if (nearer.kind === 'map' && farther.kind === 'map') return this.#maps(nearer, farther, path);
    const nameOf = namedLists.get(path.join('.'));
    if (nearer.kind === 'list' && farther.kind === 'list' && nameOf !== undefined) {
      return this.#lists(nearer, farther, nameOf, path);
    }
    return nearer;
  }

  #maps(nearer: YamlMap, farther: YamlMap, path: SettingPath): YamlMap {
    const entries = new Map<string, YamlEntry>(farther.entries);
    for (const [key, entry] of nearer.entries) {
      const other = farther.entries.get(key);
      const value = other === undefined ? entry.value : this.merge(entry.value, other.value, [...path, key]);
      entries.set(key, { key: entry.key, value });
    }
    return { kind: 'map', span: nearer.span, entries };
  }

  #lists(nearer: YamlList, farther: YamlList, nameOf: NameOf, path: SettingPath): YamlList {
    const items = [...farther.items];
    const own = farther.items.map((_, index) => farther.ownPositions?.[index] ?? index);
    const places = new Map(farther.items.map((item, index) => [nameOf(item), index]));
    nearer.items.forEach((item, index) => {
      const name = nameOf(item);
      const place = name === undefined ? undefined : places.get(name);
      const other = place === undefined ? undefined : farther.items[place];
      if (place === undefined || other === undefined) {
        items.push(item);
        own.push(index);
        return;
      }
      // A second entry of this name in the nearer file is one more, not another one in its place.
      if (name !== undefined) places.delete(name);
      this.restated.push({ path: [...path, place], nearer: item, farther: other });
      items[place] = this.#restate(item, other, [...path, place]);
      own[place] = index;
    });
    return { kind: 'list', span: nearer.span, items, ownPositions: own };
  }

  #restate(nearer: YamlTree, farther: YamlTree, path: SettingPath): YamlTree {
    if (!listsWithFreezes.includes(String(path[0])) || nearer.kind !== 'map' || farther.kind !== 'map') return nearer;
    const freezes = farther.entries.get('freezes');
    if (freezes === undefined) return nearer;
    const own = nearer.entries.get('freezes');
    const entries = new Map(nearer.entries);
    if (own === undefined) return { ...nearer, entries: entries.set('freezes', freezes) };
    // What is no list is wrong, and the schema says so.
    if (own.value.kind !== 'list' || freezes.value.kind !== 'list') return nearer;
    const nameOf: NameOf = (item) => wordAt(item, 'name');
    const value = this.#lists(own.value, freezes.value, nameOf, [...path, 'freezes']);
    return { ...nearer, entries: entries.set('freezes', { key: own.key, value }) };
  }
}

function wordAt(item: YamlTree, key: string): string | undefined {
  const value = item.kind === 'map' ? item.entries.get(key)?.value : undefined;
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}
