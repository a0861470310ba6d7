import { MandatoryEntries } from './mandatory-gates.ts';
import type { SettingPath } from './problem.ts';
import type { SettingPlace, SettingPlaceSource } from './rules-origin.ts';
import type { Path, Rules } from './schema.ts';

/** Finds where the rules say what a path demands. */
export class SettingPlaces {
  readonly #rules: Rules;
  readonly #origin: SettingPlaceSource;
  readonly #mandatory: MandatoryEntries;

  constructor(rules: Rules, origin: SettingPlaceSource) {
    this.#rules = rules;
    this.#origin = origin;
    this.#mandatory = new MandatoryEntries(rules);
  }

  /** The rules file itself; what comes from another one comes from one that it extends. */
  get file(): string {
    return this.#origin.files[0] ?? '';
  }

  /**
   * Every place that has a part in a setting of a path, what counts first: the path's own, that of the defaults, those
   * that make it mandatory. None: it is a default of this program.
   */
  ofPath(path: Path, setting: SettingPath): readonly SettingPlace[] {
    const index = this.#rules.paths.findIndex(({ from, to }) => from === path.from && to === path.to);
    const mandatory = setting[0] === 'gates' ? this.#mandatory.into(path.to) : [];
    return [
      ...this.of(['paths', index, ...setting]),
      ...this.of(['defaults', ...setting]),
      ...mandatory.flatMap((entry) => this.of(['mandatory', entry.index, ...setting])),
    ];
  }

  /** Where a setting of the document stands, if it stands anywhere. */
  of(setting: SettingPath): readonly SettingPlace[] {
    const place = this.#origin.placeOf(setting);
    return place === undefined ? [] : [place];
  }
}
