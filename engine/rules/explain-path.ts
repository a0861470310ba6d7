import { Calendar } from '../schedule/calendar.ts';
import { describeClosures, describeWindow } from '../schedule/describe-closure.ts';
import { nothingDeclared, type FreezeOrigin } from '../schedule/schedule.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import { describeGate } from './describe-gate.ts';
import { deploymentStrategyOf } from './deployment-strategy.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { demandedGates } from './gate-schema.ts';
import { laneMove } from './hotfix-lane.ts';
import type { SettingPath } from './problem.ts';
import type { SettingPlace, SettingPlaceSource } from './rules-origin.ts';
import type { Path, Rules } from './schema.ts';
import { SettingPlaces } from './setting-places.ts';

/** One thing that a path demands, in words, and the places that say so; none: it is built in. */
export interface ExplainedSetting {
  readonly subject: string;
  readonly words: string;
  /** What counts first: the path's own line, that of the defaults, then those that make it mandatory. */
  readonly places: readonly SettingPlace[];
}

export interface PathExplanation {
  readonly from: string;
  readonly to: string;
  readonly application: string;
  readonly settings: readonly ExplainedSetting[];
  readonly at: Date;
  /** By the rules alone: what people hold and freeze beside them is not in the file. */
  readonly isOpen: boolean;
  /** When that changes, and why it is closed. */
  readonly changesAt: Date | undefined;
  readonly reason: string | undefined;
}

/** What a path demands of an application, each with where it is said, and whether it is open at an instant. */
export function explainPath(
  rules: Rules,
  origin: SettingPlaceSource,
  path: Path,
  application: string,
  at: Date,
): PathExplanation {
  const calendar = new Calendar(scheduleOfPath(rules, path, application), nothingDeclared);
  const openness = calendar.judge(at);
  return {
    from: path.from,
    to: path.to,
    application,
    settings: new Explainer(rules, origin, path, application).settings(),
    at,
    isOpen: openness.isOpen,
    changesAt: openness.isOpen ? calendar.closesAt(at) : openness.opensAt,
    reason: openness.isOpen ? undefined : describeClosures(openness),
  };
}

class Explainer {
  readonly #places: SettingPlaces;
  readonly #rules: Rules;
  readonly #path: Path;
  readonly #application: string;

  constructor(rules: Rules, origin: SettingPlaceSource, path: Path, application: string) {
    this.#places = new SettingPlaces(rules, origin);
    this.#rules = rules;
    this.#path = path;
    this.#application = application;
  }

  settings(): readonly ExplainedSetting[] {
    const { after, gates, soakSeconds, bakeSeconds, approvals, checklist, canary, rollback } = this.#path;
    const { autoPromote, supersedeQueued, freezeOverride, windows } = this.#path;
    const may = [...freezeOverride.roles.map((role) => `the role ${role}`), ...freezeOverride.people].join(', ');
    return [
      this.#own('after', ['after'], afterText(after, this.#path.from)),
      this.#own(
        'soak',
        ['soakSeconds'],
        soakSeconds === 0 ? 'none' : `${describeSeconds(soakSeconds)} verified in ${this.#path.from}`,
      ),
      ...demandedGates(gates).map((demanded) =>
        this.#own('gate', ['gates', demanded.gate], describeGate(demanded, this.#path)),
      ),
      ...checklist.map(({ item, phase }) => this.#own('checklist', ['checklist'], `${item} (${phase})`)),
      ...(approvals.stages.length === 0 ? [this.#own('approval', ['approvals', 'stages'], 'not required')] : []),
      ...approvals.stages.map(({ name, minimumApprovals, roles, people, timeoutSeconds }) => {
        const who = [...roles.map((role) => `role ${role}`), ...people].join(', ');
        const words = `${name}: ${String(minimumApprovals)} of ${who}, within ${describeSeconds(timeoutSeconds)}`;
        return this.#own('approval', ['approvals', 'stages'], words);
      }),
      this.#own('windows', ['windows'], windows.length === 0 ? 'always' : windows.map(describeWindow).join(' and ')),
      ...this.#freezes(),
      ...this.#hold(),
      this.#own(
        'override',
        ['freezeOverride'],
        may === '' ? 'nobody may override freezes' : `${may} may override freezes`,
      ),
      this.#own(
        'canary',
        ['canary'],
        canary.enabled ? `${String(canary.percentage)} % for ${describeSeconds(canary.durationSeconds)}` : 'none',
      ),
      this.#strategy(),
      this.#own('bake', ['bakeSeconds'], bakeSeconds === 0 ? 'none' : describeSeconds(bakeSeconds)),
      this.#own(
        'rollback',
        ['rollback', 'enabled'],
        rollback.enabled ? 'by itself when it fails' : 'only when a person asks',
      ),
      this.#own(
        'by itself',
        ['autoPromote'],
        autoPromote ? 'verified releases move on without a request' : 'only on request',
      ),
      this.#own(
        'queue',
        ['supersedeQueued'],
        supersedeQueued ? 'a newer release replaces an older queued one' : 'one after the other',
      ),
      ...this.#hotfix(),
    ];
  }

  #strategy(): ExplainedSetting {
    const { environments } = this.#rules;
    const words = {
      rolling: 'rolling: one service after the other, no request is refused',
      recreate: 'recreate: everything stops first, and requests are refused until the new release is ready',
      'blue-green': 'blue-green: all at once, and at once back until the release is verified',
    }[deploymentStrategyOf(environments, this.#path)];
    const environment = environments.findIndex(({ name }) => name === this.#path.to);
    const places = [
      ...this.#places.ofPath(this.#path, ['deploymentStrategy']),
      ...this.#places.of(['environments', environment, 'deploymentStrategy']),
    ];
    return { subject: 'deployment', words, places };
  }

  #freezes(): readonly ExplainedSetting[] {
    const { freezes } = scheduleOfPath(this.#rules, this.#path, this.#application);
    return freezes.map((freeze) => {
      const hotfix = freeze.exceptHotfix ? '' : ', hotfixes too';
      const words = `${freeze.name}: ${describeWindow(freeze)}${hotfix} (${freeze.reason})`;
      return { subject: 'freeze', words, places: this.#places.of(this.#placeOfFreeze(freeze)) };
    });
  }

  #placeOfFreeze({ origin, name, from, to }: ReturnType<typeof scheduleOfPath>['freezes'][number]): SettingPath {
    const { freezes, environments, applications } = this.#rules;
    const environment = environments.findIndex((each) => each.name === this.#path.to);
    const application = applications.findIndex((each) => each.name === this.#application);
    const isIt = (freeze: { readonly name: string; readonly from: string; readonly to: string }): boolean =>
      freeze.name === name && freeze.from === from && freeze.to === to;
    const places: Readonly<Record<FreezeOrigin, SettingPath>> = {
      rules: ['freezes', freezes.findIndex(isIt)],
      environment: ['environments', environment, 'freezes', environments[environment]?.freezes.findIndex(isIt) ?? -1],
      application: ['applications', application, 'freezes', applications[application]?.freezes.findIndex(isIt) ?? -1],
      declared: ['declared'],
    };
    return places[origin];
  }

  #hold(): readonly ExplainedSetting[] {
    const environment = this.#rules.environments.findIndex(({ name }) => name === this.#path.to);
    const hold = this.#rules.environments[environment]?.hold;
    if (hold === undefined) return [];
    const until = hold.until === undefined ? '' : ` until ${new Date(hold.until).toISOString()}`;
    const places = this.#places.of(['environments', environment, 'hold']);
    return [{ subject: 'hold', words: `held${until} (${hold.reason})`, places }];
  }

  /** How the emergency lane takes this path, if it does. */
  #hotfix(): readonly ExplainedSetting[] {
    const { hotfix } = this.#rules;
    const { from, to } = this.#path;
    if (hotfix === undefined) return [];
    const move = laneMove(this.#rules, hotfix, from, to);
    if (!move.ok) return [];
    const approval = `approved by ${hotfix.approvals.map(({ name }) => name).join(', ')}`;
    const soak = move.isEntry ? 'enters here' : `${describeSeconds(hotfix.verifySeconds)} verified in ${from}`;
    const without = hotfix.setAside.length === 0 ? '' : `, without ${hotfix.setAside.join(', ')}`;
    return [{ subject: 'hotfix', words: `${soak}, ${approval}${without}`, places: this.#places.of(['hotfix']) }];
  }

  /** A setting of the path: its own line counts before that of the defaults. */
  #own(subject: string, setting: SettingPath, words: string): ExplainedSetting {
    return { subject, words, places: this.#places.ofPath(this.#path, setting) };
  }
}

function afterText(after: Path['after'], from: string): string {
  if (after === 'any') return `verified in ${from}`;
  if (after === 'all') return 'verified in every environment that leads there';
  return `verified in ${from} and in ${String(after.atLeast)} of ${after.of.join(', ')}`;
}
