import { gateNames, readGateSettings, type GateName } from './gate-schema.ts';
import { weakenings, type Weakening } from './gate-strictness.ts';
import { inheritRequirements } from './inherit-requirements.ts';
import { isGroup, type Group } from './inheritance.ts';
import { MandatoryEntries, type MandatoryOnPath } from './mandatory-gates.ts';
import { placeText, spanOfSetting } from './place-findings.ts';
import type { Finding, SettingPath } from './problem.ts';
import { locate, type YamlTree } from './yaml-tree.ts';

/**
 * Where paths take mandatory gates back or demand less of them, each with the place that makes them mandatory.
 * @param document of the tree; of any kind, valid or not.
 */
export function weakenedGates(document: unknown, tree: YamlTree): readonly Finding[] {
  const inherited = inheritRequirements(document);
  if (!isGroup(document) || !isGroup(inherited)) return [];
  const mandatory = new MandatoryEntries(document);
  const paths: unknown = inherited['paths'];
  if (mandatory.isEmpty || !Array.isArray(paths)) return [];
  const judge = new MandatoryJudge(tree, inherited);
  return paths.flatMap((path: unknown, index) => {
    if (!isGroup(path)) return [];
    return mandatory.into(path['to']).flatMap((entry) => judge.findings(path, index, entry));
  });
}

class MandatoryJudge {
  readonly #tree: YamlTree;
  readonly #document: Group;

  constructor(tree: YamlTree, document: Group) {
    this.#tree = tree;
    this.#document = document;
  }

  findings(path: Group, index: number, entry: MandatoryOnPath): readonly Finding[] {
    const gates = isGroup(path['gates']) ? path['gates'] : {};
    return [
      ...gateNames.flatMap((gate) => this.#ofGate(path, gates[gate], index, gate, entry)),
      ...entry.gates.custom.flatMap((custom, position) => {
        const list: unknown = gates['custom'];
        const own = Array.isArray(list)
          ? list.findIndex((each: unknown) => isGroup(each) && each['name'] === custom.name)
          : -1;
        const given = own === -1 ? undefined : readGateSettings('custom', (list as readonly unknown[])[own]);
        if (given === undefined) return [];
        return weakenings('custom', given, custom).map((weakening) =>
          this.#finding(index, ['custom', own], weakening, entry, ['custom', position]),
        );
      }),
    ];
  }

  #ofGate(path: Group, settings: unknown, index: number, gate: GateName, entry: MandatoryOnPath): readonly Finding[] {
    const least = entry.gates[gate];
    if (least === undefined) return [];
    if (settings === false) {
      const place = this.#place(index, [gate], entry.index);
      return [
        { path: place, expected: `a group of settings or left out: a gate that ${this.#because(entry, [gate])}` },
      ];
    }
    const given = readGateSettings(gate, settings);
    if (given === undefined) return [];
    const promised = gate === 'slo' ? this.#withObjectives(least, path, given) : least;
    return [
      ...weakenings(gate, given, promised).map((weakening) => this.#finding(index, [gate], weakening, entry, [gate])),
      ...(gate === 'responseTimes' ? this.#slowServices(path, given, entry) : []),
    ];
  }

  #finding(
    index: number,
    gate: SettingPath,
    { path, least }: Weakening,
    entry: MandatoryOnPath,
    ofEntry: SettingPath,
  ): Finding {
    const expected = `${least}, which ${this.#because(entry, [...ofEntry, ...path])}`;
    return { path: this.#place(index, [...gate, ...path], entry.index), expected };
  }

  /** Who says it: the path, else the defaults, else another mandatory entry. */
  #place(index: number, setting: SettingPath, exceptEntry: number): SettingPath {
    const list: unknown = this.#document['mandatory'];
    const entries = Array.isArray(list) ? list.map((_, position) => position) : [];
    const candidates: readonly SettingPath[] = [
      ['paths', index, 'gates', ...setting],
      ['defaults', 'gates', ...setting],
      ...entries
        .filter((position) => position !== exceptEntry)
        .map((position): SettingPath => ['mandatory', position, 'gates', ...setting]),
    ];
    return candidates.find((candidate) => locate(this.#tree, candidate).tree !== undefined) ?? ['paths', index];
  }

  /** `organisation.yaml:12:7 makes mandatory (PCI 6.3)`; the gate's own place where the setting is a default. */
  #because({ index, reason }: MandatoryOnPath, setting: SettingPath): string {
    const places = [setting, setting.slice(0, 1)].map((path) =>
      locate(this.#tree, ['mandatory', index, 'gates', ...path]),
    );
    const located = places.find(({ tree }) => tree !== undefined);
    const place = located === undefined ? 'the rules' : placeText(spanOfSetting(located));
    return `${place} makes mandatory${reason === undefined ? '' : ` (${reason})`}`;
  }

  /** A gate that leaves its numbers to the environment's objective is as strict as that. */
  #withObjectives(least: Group, path: Group, given: Group): Group {
    const objective = this.#environment(path[given['environment'] === 'target' ? 'to' : 'from'])?.['slo'];
    if (!isGroup(objective)) return least;
    return {
      minimumAvailabilityPercent: objective['availabilityPercent'],
      maximumErrorRatePercent: objective['errorRatePercent'],
      ...least,
      // A path that says nothing is judged by the objective, too.
      ...(given['minimumAvailabilityPercent'] === undefined ? { minimumAvailabilityPercent: undefined } : {}),
      ...(given['maximumErrorRatePercent'] === undefined ? { maximumErrorRatePercent: undefined } : {}),
    };
  }

  /** What an environment lets single services take longer than the gate does. */
  #slowServices(path: Group, given: Group, entry: MandatoryOnPath): readonly Finding[] {
    const environment = this.#environment(path[given['environment'] === 'target' ? 'to' : 'from']);
    const services: unknown = environment?.['services'];
    if (environment === undefined || !Array.isArray(services)) return [];
    const list: unknown = this.#document['environments'];
    const place = Array.isArray(list) ? list.indexOf(environment) : -1;
    return services.flatMap((service: unknown, position): readonly Finding[] => {
      const seconds = isGroup(service) ? service['maxResponseTimeSeconds'] : undefined;
      if (!isGroup(service) || typeof seconds !== 'number') return [];
      const setting = this.#kindOf(service['name']) === 'frontend' ? 'maximumFrontendSeconds' : 'maximumApiSeconds';
      const most = entry.gates.responseTimes?.[setting];
      if (most === undefined || seconds <= most) return [];
      const expected = `at most ${String(most)}, which ${this.#because(entry, ['responseTimes', setting])}`;
      return [{ path: ['environments', place, 'services', position, 'maxResponseTimeSeconds'], expected }];
    });
  }

  #environment(word: unknown): Group | undefined {
    const list: unknown = this.#document['environments'];
    if (!Array.isArray(list)) return undefined;
    return list
      .filter(isGroup)
      .find(({ name, aliases }) => name === word || (Array.isArray(aliases) && aliases.includes(word)));
  }

  #kindOf(service: unknown): unknown {
    const applications: unknown = this.#document['applications'];
    if (!Array.isArray(applications)) return undefined;
    const services = applications.filter(isGroup).flatMap((application): readonly unknown[] => {
      const list: unknown = application['services'];
      return Array.isArray(list) ? list : [];
    });
    return services.filter(isGroup).find(({ name }) => name === service)?.['kind'];
  }
}
