import { person } from '../installation/installation.ts';
import type { Subject } from '../installation/subject.ts';
import type { TinyRelease } from '../installation/tiny-release.ts';
import type { WorkerProcess } from '../installation/worker-process.ts';
import { seededRandom } from '../random.ts';
import { begin, expectations } from '../kills/course.ts';
import { difference, discrepancies } from '../witnesses/effect-counts.ts';
import { problemsOfRecord } from '../witnesses/engine-records.ts';
import { problemsOfTarget, problemsOfTraces } from '../witnesses/target-state.ts';
import { pointName } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';
import { changesBetween, takeSnapshot } from './snapshot.ts';
import {
  firstPromotionCases,
  zombieCases,
  zombieVariants,
  type ZombieCase,
  type ZombieCourse,
  type ZombieVariant,
} from './zombie-cases.ts';

export interface ZombieTestOptions {
  readonly seed: number;
  /** Chooses among all cases. Default: all. */
  readonly isChosen?: (zombieCase: ZombieCase) => boolean;
  readonly onProgress: (line: string) => void;
}

export interface ZombieTestResult {
  readonly zombies: number;
  readonly zombiesByVariant: Readonly<Record<ZombieVariant, number>>;
  /** Zombies by the point at which they slept. */
  readonly zombiesByPoint: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
  readonly seconds: number;
}

const workerTimeoutSeconds = 300;

/** Puts workers to sleep before and in the middle of effects until others have done their work, and wakes them. */
export class ZombieTest {
  readonly #subjects: readonly Subject[];
  readonly #newSubjects: readonly Subject[];
  readonly #options: ZombieTestOptions;
  readonly #random: () => number;
  readonly #tookMs = new Map<string, number>();
  readonly #done: ZombieCase[] = [];
  readonly #findings: string[] = [];

  constructor(subjects: readonly Subject[], options: ZombieTestOptions) {
    this.#subjects = subjects.filter(({ current }) => current !== undefined);
    this.#newSubjects = subjects.filter(({ current }) => current === undefined);
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<ZombieTestResult> {
    const started = performance.now();
    const [first] = this.#subjects;
    if (first === undefined) throw new Error('there is no application to promote');
    const traces = {
      well: await this.#record(first, 'well'),
      sick: await this.#record(first, 'sick'),
      contract: await this.#record(first, 'contract'),
    };
    const cases = this.#chosen(zombieCases(traces));
    const firstCases = this.#chosen(firstPromotionCases(traces.well));
    await Promise.all([
      ...this.#subjects.map((subject) => this.#work(subject, cases)),
      ...this.#newSubjects.map((subject) => this.#work(subject, firstCases)),
    ]);
    const byPoint = Map.groupBy(this.#done, ({ point }) => pointName(point));
    const byVariant = zombieVariants.map((each) => [each, this.#done.filter(({ variant }) => variant === each).length]);
    return {
      zombies: this.#done.length,
      zombiesByVariant: Object.fromEntries(byVariant) as Record<ZombieVariant, number>,
      zombiesByPoint: Object.fromEntries([...byPoint].map(([point, each]) => [point, each.length])),
      findings: this.#findings,
      seconds: (performance.now() - started) / 1000,
    };
  }

  /** Where an undisturbed promotion passes, and how long each effect takes. */
  async #record(subject: Subject, course: ZombieCourse): Promise<readonly Traced[]> {
    const { id, release } = await this.#begin(subject, course);
    const trace = await this.#finish(subject, id);
    const problems = await problemsOfRecord(subject, id, expectations[course].state);
    if (problems.length > 0) throw new Error(`even undisturbed: ${problems.join('; ')}`);
    if (expectations[course].isKept) subject.keep(release);
    for (const { place, moment, tookMs } of trace) {
      if (moment === 'after') this.#tookMs.set(place, tookMs ?? 0);
    }
    return trace;
  }

  #chosen(cases: readonly ZombieCase[]): ZombieCase[] {
    return cases.filter((each) => this.#options.isChosen?.(each) ?? true);
  }

  async #work(subject: Subject, cases: ZombieCase[]): Promise<void> {
    for (let each = cases.shift(); each !== undefined; each = cases.shift()) {
      const problems = await this.#try(subject, each).catch((error: unknown) => [String(error)]);
      this.#done.push(each);
      const what = subject.current === undefined ? 'a first release' : `a ${each.course} release`;
      const where = `${pointName(each.point)}, ${each.variant}, ${what}`;
      this.#findings.push(...problems.map((problem) => `zombie at ${where}: ${problem}`));
      this.#options.onProgress(`${subject.name}: ${where}: ${problems.length === 0 ? 'well' : problems.join('; ')}`);
    }
  }

  async #try(subject: Subject, { course, point, variant }: ZombieCase): Promise<readonly string[]> {
    const { id, release } = await this.#begin(subject, course);
    const before = await subject.witnesses.counts();
    const delayMs = point.moment === 'during' ? this.#random() * (this.#tookMs.get(point.place) ?? 0) : 0;
    const zombie = subject.startWorker(id, { point, signal: 'SIGSTOP', delayMs });
    if (!(await zombie.untilStopped())) {
      const { errors } = await zombie.ended;
      return [`it never fell asleep: ${errors}`];
    }
    try {
      const state = await this.#moveOn(subject, id, release, variant);
      const problems = [
        ...(variant === 'taken over'
          ? discrepancies(difference(await subject.witnesses.counts(), before), expectations[course].effects)
          : []),
        ...(await problemsOfRecord(subject, id, state)),
        ...(await problemsOfTarget(subject, subject.current)),
        ...(await problemsOfTraces(subject, release, state === 'COMPLETED_SUCCESSFULLY')),
      ].map((problem) => `before it woke: ${problem}`);
      return [...problems, ...(await this.#wake(subject, zombie))];
    } finally {
      zombie.kill();
      subject.client.resume();
    }
  }

  /** @returns the state that the zombie's promotion has ended in. */
  async #moveOn(subject: Subject, id: string, release: TinyRelease, variant: ZombieVariant) {
    if (variant === 'cancelled') await subject.installation.service.cancel(person, id, 'nobody wants it any more');
    await this.#finish(subject, id);
    const isKept = variant !== 'cancelled' && release.health === 'well';
    if (isKept) subject.keep(release);
    if (variant === 'followed') {
      const newer = await subject.buildNext('well');
      await this.#finish(subject, await subject.request(newer));
      subject.keep(newer);
    }
    return isKept ? ('COMPLETED_SUCCESSFULLY' as const) : ('ROLLED_BACK' as const);
  }

  /** @returns the promotion that the zombie is to work at; the one that a contract run belongs to has ended by then. */
  async #begin(subject: Subject, course: ZombieCourse) {
    return begin(course, subject, async (other) => {
      await this.#finish(subject, other);
    });
  }

  /** The zombie runs on until it ends by itself, and nothing may be different afterwards. */
  async #wake(subject: Subject, zombie: WorkerProcess): Promise<readonly string[]> {
    await subject.client.pause();
    const before = await takeSnapshot(subject);
    zombie.wake();
    const { exitCode, signal, errors } = await zombie.endedWithin(workerTimeoutSeconds);
    const problems = changesBetween(before, await takeSnapshot(subject));
    const end = exitCode === 0 ? [] : [`it ended with ${signal ?? `code ${String(exitCode)}`}: ${errors}`];
    return [...problems.map((problem) => `after it woke: ${problem}`), ...end];
  }

  async #finish(subject: Subject, id: string): Promise<readonly Traced[]> {
    const worker = subject.startWorker(id);
    const { exitCode, signal, errors } = await worker.endedWithin(workerTimeoutSeconds);
    if (exitCode !== 0) throw new Error(`the worker ended with ${signal ?? `code ${String(exitCode)}`}: ${errors}`);
    return worker.trace();
  }
}
