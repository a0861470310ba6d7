import { EnvironmentNames } from './environment-names.ts';
import { inheritDefaults, isGroup, type Group } from './inheritance.ts';
import { MandatoryEntries } from './mandatory-gates.ts';
import { outlineOf, type Outline, type RequirementOutline } from './outline.ts';
import type { Finding, SettingPath } from './problem.ts';
import { locate, type YamlTree } from './yaml-tree.ts';

/** A document, and one that it extends together with everything that that one extends. */
export interface ExtendedDocument {
  readonly document: unknown;
  /** What people call the extended file. */
  readonly file: string;
}

type Permission = 'force' | 'skipValidation' | 'freezeOverride';
const lets: Readonly<Record<Permission, string>> = {
  force: 'overrule its mandatory gates',
  skipValidation: 'skip its mandatory gates',
  freezeOverride: 'promote through its freezes',
};

/**
 * Who may set mandatory gates and freezes aside is said by the file that brings them: where another one that extends it
 * lets more people do so, or has the hotfix lane do without such a gate.
 * @param document of the tree, everything that it extends included; of any kind, valid or not.
 */
export function weakenedPermissions(
  document: unknown,
  tree: YamlTree,
  { document: extended, file }: ExtendedDocument,
): readonly Finding[] {
  if (!isGroup(document) || !isGroup(extended)) return [];
  return new PermissionJudge(document, tree, extended, file).findings();
}

class PermissionJudge {
  readonly #tree: YamlTree;
  readonly #outline: Outline;
  readonly #extended: Outline;
  readonly #file: string;
  readonly #names: EnvironmentNames;
  readonly #mandatory: MandatoryEntries;

  constructor(document: Group, tree: YamlTree, extended: Group, file: string) {
    this.#tree = tree;
    this.#outline = outlineOf(inheritDefaults(document));
    this.#extended = outlineOf(inheritDefaults(extended));
    this.#file = file;
    this.#names = new EnvironmentNames(this.#outline.environments);
    this.#mandatory = new MandatoryEntries({
      mandatory: extended['mandatory'],
      environments: document['environments'],
    });
  }

  findings(): readonly Finding[] {
    const ofPaths = this.#outline.paths.flatMap((path, index) => {
      const allowed = this.#allowedOn(path);
      const permissions: readonly Permission[] = [
        ...(this.#mandatory.into(path.to).length > 0 ? (['force', 'skipValidation'] as const) : []),
        ...(this.#isFrozen(path.to) ? (['freezeOverride'] as const) : []),
      ];
      return permissions.flatMap((permission) => this.#ofPermission(path, index, permission, allowed));
    });
    return [...ofPaths, ...this.#ofHotfix()];
  }

  /** What the extended file says about a path: in the path itself, or in its defaults. */
  #allowedOn({ from, to }: Outline['paths'][number]): RequirementOutline {
    const same = this.#extended.paths.find(
      (path) => this.#nameOf(path.from) === this.#nameOf(from) && this.#nameOf(path.to) === this.#nameOf(to),
    );
    return same ?? this.#extended.defaults;
  }

  #ofPermission(
    given: RequirementOutline,
    index: number,
    permission: Permission,
    allowed: RequirementOutline,
  ): readonly Finding[] {
    if (permission === 'force' && given.force.allowed !== true) return [];
    const none = { roles: [], people: [] };
    const most = permission === 'force' && allowed.force.allowed !== true ? none : allowed[permission];
    return (['roles', 'people'] as const).flatMap((kind) => {
      const words = new Set(most[kind]);
      const more = given[permission][kind].filter((word) => word !== undefined && !words.has(word));
      const beyond = kind === 'roles' ? this.#peopleAdded(given[permission].roles, permission) : [];
      if (more.length === 0) return beyond;
      const who = [...words].join(', ');
      return [
        {
          path: this.#placeOf(index, [permission, kind]),
          expected: `${who === '' ? 'left out' : `nobody but ${who}`}, because ${this.#file} says who may ${lets[permission]}`,
          found: more.join(', '),
        },
        ...beyond,
      ];
    });
  }

  /** People who are put into a role whose people the extended file lists; a role without people is for others to fill. */
  #peopleAdded(roles: readonly (string | undefined)[], permission: Permission): readonly Finding[] {
    return (this.#outline.roles ?? []).flatMap(({ name, people }, index) => {
      if (name === undefined || !roles.includes(name)) return [];
      const listed = this.#extended.roles?.find((role) => role.name === name)?.people ?? [];
      if (listed.length === 0) return [];
      return people.flatMap((person, position): readonly Finding[] => {
        if (person === undefined || listed.includes(person)) return [];
        const expected = `somebody whom ${this.#file} lists for ${name}, which may ${lets[permission]}`;
        return [{ path: ['roles', index, 'people', position], expected }];
      });
    });
  }

  #ofHotfix(): readonly Finding[] {
    const allowed = new Set(this.#extended.hotfix.setAside);
    const mandatory = new Set(
      this.#outline.paths.flatMap(({ to }) =>
        this.#mandatory.into(to).flatMap(({ gates }) => Object.keys(gates).filter((gate) => gate !== 'custom')),
      ),
    );
    return this.#outline.hotfix.setAside.flatMap((gate, index): readonly Finding[] => {
      if (gate === undefined || allowed.has(gate) || !mandatory.has(gate)) return [];
      return [
        {
          path: ['hotfix', 'setAside', index],
          expected: `a gate that ${this.#file} does not make mandatory`,
          found: gate,
        },
      ];
    });
  }

  #isFrozen(to: string | undefined): boolean {
    const concerns = (environments: readonly (string | undefined)[]): boolean =>
      environments.length === 0 || environments.some((word) => this.#nameOf(word) === this.#nameOf(to));
    const { freezes, applications, environments } = this.#extended;
    const wide = [...freezes, ...applications.flatMap((application) => application.freezes)];
    return (
      wide.some((freeze) => freeze.overridable !== false && concerns(freeze.environments)) ||
      environments.some(
        ({ name, freezes: own }) =>
          this.#nameOf(name) === this.#nameOf(to) && own.some(({ overridable }) => overridable !== false),
      )
    );
  }

  #nameOf(word: string | undefined): string | undefined {
    return word === undefined ? undefined : (this.#names.resolve(word) ?? word);
  }

  #placeOf(index: number, setting: SettingPath): SettingPath {
    const own: SettingPath = ['paths', index, ...setting];
    return locate(this.#tree, own).tree === undefined ? ['defaults', ...setting] : own;
  }
}
