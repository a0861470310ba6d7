import { counted } from '../../engine/wording/counted.ts';
import type { EvidenceFact } from '../../engine/evidence/evidence.ts';
import type { TrafficStats } from '../../examples/shop/traffic.ts';
import type { LocalOptions } from '../command-context.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { inOneLine } from '../render/in-one-line.ts';
import { Heartbeat } from '../heartbeat.ts';
import { LiveLine } from '../live-line.ts';
import type { LocalFolders } from './local-folders.ts';
import type { ShopPlaces } from './shop-environments.ts';
import { emptyPlaces, rulesNext, sampleNext, type StartedReleases } from './start-next.ts';

/** `shop · development` and room behind it. */
const labelWidth = 21;
/** In a log, where no line moves, what takes longer than this says that it is under way. */
const firstPauseMs = 2000;
const textWidth = 58;
const mostFailuresShown = 3;

/** What `npm start` says beside the promotions themselves: a line when something is up, as JSON lines for programs. */
export class StartLines {
  readonly #options: LocalOptions;
  readonly #live: LiveLine;
  readonly #waiting = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LocalOptions) {
    this.#options = options;
    this.#live = new LiveLine(options.context.terminal);
  }

  title(text: string): void {
    this.#write({ event: 'start' }, `${this.#options.context.terminal.paint.bold(text)}\n`);
  }

  say(text: string): void {
    this.#write({ event: 'note', text }, `\n${text}`);
  }

  note(text: string): void {
    this.#write({ event: 'note', text }, `  ${this.#options.context.terminal.paint.dim(text)}`);
  }

  blank(): void {
    if (!this.#options.isJson) this.#options.context.terminal.write('\n');
  }

  /** Does something and says what came of it and how long it took; meanwhile a terminal shows that it is under way. */
  async step<Value>(label: string, work: () => Promise<readonly [Value, string]>): Promise<Value> {
    const { clock, terminal } = this.#options.context;
    const since = clock.now().getTime();
    this.#wait(label, since);
    try {
      const [value, text] = await work();
      const tookMs = clock.now().getTime() - since;
      this.#done(label);
      const took = terminal.paint.dim(formatDuration(tookMs));
      this.#write(
        { event: 'up', what: label, text, tookMs },
        `  ${`${label}  `.padEnd(labelWidth)}${text.padEnd(textWidth)} ${took}`,
      );
      return value;
    } finally {
      this.#done(label);
    }
  }

  /** The facts of a release's own tests in a few words. */
  facts(facts: readonly EvidenceFact[]): string {
    const tests = facts.filter((fact) => fact.kind === 'tests');
    const passed = tests.reduce((sum, fact) => sum + fact.passed, 0);
    const ran = tests.reduce((sum, fact) => sum + fact.passed + fact.failed, 0);
    const others = facts.filter((fact) => fact.kind !== 'tests');
    const mark = passed === ran ? '' : '✖ ';
    return [
      ...(tests.length === 0 ? [] : [`${mark}tests ${String(passed)}/${String(ran)}`]),
      ...others.map(factText),
    ].join(', ');
  }

  /**
   * Says which of a release's own tests failed, and what to type: a gate that demands them will name them again.
   * @param failures name and message of each.
   */
  failedTests(release: string, failures: readonly string[]): void {
    if (failures.length === 0) return;
    const { invocation, terminal } = this.#options.context;
    const shown = failures
      .slice(0, mostFailuresShown)
      .map((failure) => `  ${terminal.paint.red('✖')} ${inOneLine(failure)}`);
    const more = failures.length - shown.length;
    this.#write(
      { event: 'failed-tests', release, failures },
      [
        ...shown,
        ...(more > 0 ? [`  and ${String(more)} more`] : []),
        `  ${invocation} local bring ${release}  runs the tests of ${release} again`,
      ].join('\n'),
    );
  }

  traffic(stats: TrafficStats & { readonly missing: number }): void {
    const { requests, failed, acknowledged, missing } = stats;
    const { paint } = this.#options.context.terminal;
    const mark = failed === 0 && missing === 0 ? paint.green('✔') : paint.red('✖');
    this.#write(
      { event: 'traffic', requests, failed, acknowledged: acknowledged.length, missing },
      `\n${mark} The client throughout: ${String(failed)} of ${counted(requests, 'request')} failed; ` +
        `of ${counted(acknowledged.length, 'acknowledged order')} ${String(missing)} ${missing === 1 ? 'is' : 'are'} missing.`,
    );
    for (const failure of stats.failures.slice(0, 5)) {
      this.note(`${failure.at.toISOString()} ${failure.request}: ${failure.message}`);
    }
  }

  next(folders: LocalFolders, now: StartedReleases): void {
    this.#write({ event: 'ready', folder: folders.root }, sampleNext(this.#options.context.invocation, now).join('\n'));
  }

  nextUnderRules(folders: LocalFolders, places: ShopPlaces, now: StartedReleases): void {
    const empty = emptyPlaces(places, now);
    this.#write(
      { event: 'ready', folder: folders.root, empty },
      rulesNext(this.#options.context.invocation, places, now).join('\n'),
    );
  }

  #wait(label: string, since: number): void {
    const { clock, terminal } = this.#options.context;
    this.#waiting.set(label, since);
    if (this.#options.isJson) return;
    const heartbeat = new Heartbeat(clock.now(), firstPauseMs);
    this.#timer ??= setInterval(() => {
      const [oldest] = this.#waiting;
      if (oldest === undefined) return;
      const elapsed = formatDuration(clock.now().getTime() - oldest[1]);
      const text = `  ${[...this.#waiting.keys()].join(', ')} … ${elapsed}`;
      this.#live.show(text);
      if (!terminal.isInteractive && heartbeat.isDue(clock.now())) terminal.write(`${text}\n`);
    }, 200);
  }

  #done(label: string): void {
    this.#waiting.delete(label);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#live.clear();
  }

  #write(json: object, text: string): void {
    const { terminal } = this.#options.context;
    if (this.#options.isJson) {
      terminal.write(`${JSON.stringify(json)}\n`);
      return;
    }
    this.#live.clear();
    terminal.write(`${text}\n`);
  }
}

function factText(fact: EvidenceFact): string {
  switch (fact.kind) {
    case 'coverage':
      return `coverage ${String(fact.linesPercent)} %`;
    case 'findings':
      return `findings ${String(fact.critical + fact.high)} high`;
    default:
      return fact.kind;
  }
}
