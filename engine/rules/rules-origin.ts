import { placeOf } from './place-findings.ts';
import type { SettingPath } from './problem.ts';
import { locate, type YamlTree } from './yaml-tree.ts';

export interface SettingPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Says where settings of rules stand. */
export interface SettingPlaceSource {
  /** The rules file itself, then what it extends, in the order in which each extends the next. */
  readonly files: readonly string[];
  /** Where a setting is said; undefined when no file says it. */
  placeOf(path: SettingPath): SettingPlace | undefined;
}

/** Where the settings of rules come from that were put together from several files. */
export class RulesOrigin implements SettingPlaceSource {
  readonly files: readonly string[];
  readonly #tree: YamlTree;

  constructor(files: readonly string[], tree: YamlTree) {
    this.files = files;
    this.#tree = tree;
  }

  placeOf(path: SettingPath): SettingPlace | undefined {
    const located = locate(this.#tree, path);
    if (located.tree === undefined) return undefined;
    const { file, line } = placeOf(located.headSpan);
    return { file, line };
  }
}
