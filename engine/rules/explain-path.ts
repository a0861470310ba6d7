import { Calendar } from '../schedule/calendar.ts';
import { describeClosures, describeWindow } from '../schedule/describe-closure.ts';
import { nothingDeclared, type FreezeOrigin } from '../schedule/schedule.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import { describeGate } from './describe-gate.ts';
import { describeSeconds } from './durations.ts';
import { demandedGates } from './gate-schema.ts';
import type { SettingPath } from './problem.ts';
import type { Path, Rules } from './schema.ts';
import { SourceText } from './source-text.ts';
import { locate, readYaml, type YamlTree } from './yaml-tree.ts';

/** One thing that a path demands, in words, and the lines of the file that say so; none: it is built in. */
export interface ExplainedSetting {
  readonly subject: string;
  readonly words: string;
  /** From 1, what counts first: the path's own line, then that of the defaults. */
  readonly lines: readonly number[];
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
export function explainPath(text: string, rules: Rules, path: Path, application: string, at: Date): PathExplanation {
  const calendar = new Calendar(scheduleOfPath(rules, path, application), nothingDeclared);
  const openness = calendar.judge(at);
  return {
    from: path.from,
    to: path.to,
    application,
    settings: new Explainer(text, rules, path, application).settings(),
    at,
    isOpen: openness.isOpen,
    changesAt: openness.isOpen ? calendar.closesAt(at) : openness.opensAt,
    reason: openness.isOpen ? undefined : describeClosures(openness),
  };
}

class Explainer {
  readonly #source: SourceText;
  readonly #tree: YamlTree | undefined;
  readonly #rules: Rules;
  readonly #path: Path;
  readonly #application: string;

  constructor(text: string, rules: Rules, path: Path, application: string) {
    const plain = text.replace(/^\uFEFF/, '');
    this.#source = new SourceText(plain);
    this.#tree = readYaml(plain).tree;
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
    ];
  }

  #freezes(): readonly ExplainedSetting[] {
    const { rules, environment, application } = this.#places();
    const places: Readonly<Record<FreezeOrigin, SettingPath>> = {
      rules: ['freezes'],
      environment: ['environments', environment, 'freezes'],
      application: ['applications', application, 'freezes'],
      declared: [],
    };
    const { freezes } = scheduleOfPath(rules, this.#path, this.#application);
    return freezes.map((freeze) => {
      const hotfix = freeze.exceptHotfix ? '' : ', hotfixes too';
      return this.#at('freeze', `${freeze.name}: ${describeWindow(freeze)}${hotfix} (${freeze.reason})`, [
        places[freeze.origin],
      ]);
    });
  }

  #hold(): readonly ExplainedSetting[] {
    const { rules, environment } = this.#places();
    const hold = rules.environments[environment]?.hold;
    if (hold === undefined) return [];
    const until = hold.until === undefined ? '' : ` until ${new Date(hold.until).toISOString()}`;
    return [this.#at('hold', `held${until} (${hold.reason})`, [['environments', environment, 'hold']])];
  }

  #places() {
    return {
      rules: this.#rules,
      environment: this.#rules.environments.findIndex(({ name }) => name === this.#path.to),
      application: this.#rules.applications.findIndex(({ name }) => name === this.#application),
    };
  }

  /** A setting of the path: its own line counts before that of the defaults. */
  #own(subject: string, setting: SettingPath, words: string): ExplainedSetting {
    const index = this.#rules.paths.findIndex(({ from, to }) => from === this.#path.from && to === this.#path.to);
    return this.#at(subject, words, [
      ['paths', index, ...setting],
      ['defaults', ...setting],
    ]);
  }

  #at(subject: string, words: string, places: readonly SettingPath[]): ExplainedSetting {
    return { subject, words, lines: places.flatMap((place) => this.#lineOf(place) ?? []) };
  }

  #lineOf(place: SettingPath): number | undefined {
    if (this.#tree === undefined) return undefined;
    const located = locate(this.#tree, place);
    return located.tree === undefined ? undefined : this.#source.placeOf(located.headSpan.start).line;
  }
}

function afterText(after: Path['after'], from: string): string {
  if (after === 'any') return `verified in ${from}`;
  if (after === 'all') return 'verified in every environment that leads there';
  return `verified in ${from} and in ${String(after.atLeast)} of ${after.of.join(', ')}`;
}
