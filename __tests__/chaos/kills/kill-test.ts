import type { Installation } from '../installation/installation.ts';
import type { Subject } from '../installation/subject.ts';
import type { WorkerEnd } from '../installation/worker-process.ts';
import { seededRandom } from '../random.ts';
import { difference, discrepancies, noEffects, sum, type EffectCounts } from '../witnesses/effect-counts.ts';
import { emptyOutbox } from '../witnesses/empty-outbox.ts';
import { problemsOfNotifications, problemsOfRecord } from '../witnesses/engine-records.ts';
import { problemsOfTarget, problemsOfTraces } from '../witnesses/target-state.ts';
import { pointName, type KillPoint } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';
import { begin, courses, expectations, type Course } from './course.ts';
import { killPointsOf, planKills, type KillPlan } from './schedule.ts';

export interface KillTestOptions {
  readonly kills: number;
  readonly seed: number;
  readonly killsPerPromotion: number;
  readonly onProgress: (line: string) => void;
}

export interface KillTestResult {
  readonly kills: number;
  /** Kills by kill point. */
  readonly killsByPoint: Readonly<Record<string, number>>;
  readonly promotions: number;
  readonly effects: EffectCounts;
  readonly rowsAcknowledged: number;
  readonly auditEntries: number;
  /** Points that an undisturbed promotion passes and at which nothing was killed, because fewer kills were asked for. */
  readonly pointsNotReached: readonly string[];
  readonly findings: readonly string[];
  readonly seconds: number;
}

const workerTimeoutSeconds = 300;
const mostMisses = 8;

/** Kills workers at every point of promotions, good and bad, and has the outside tell what was done how often. */
export class KillTest {
  readonly #installation: Installation;
  readonly #subjects: readonly Subject[];
  readonly #options: KillTestOptions;
  readonly #random: () => number;
  readonly #killsByPoint = new Map<string, number>();
  readonly #tookMs = new Map<string, number>();
  readonly #findings: string[] = [];
  readonly #ended: { readonly subject: Subject; readonly id: string; readonly course: Course }[] = [];
  #effects = noEffects;

  constructor(installation: Installation, subjects: readonly Subject[], options: KillTestOptions) {
    this.#installation = installation;
    this.#subjects = subjects;
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<KillTestResult> {
    const started = performance.now();
    const points = await this.#recordPoints();
    const { kills, killsPerPromotion } = this.#options;
    const plans = [...planKills(points, kills, killsPerPromotion, this.#random)];
    await Promise.all(this.#subjects.map((subject) => this.#work(subject, plans)));
    await this.#settleAccounts();
    const rowsAcknowledged = await this.#countRows();
    const audit = await this.#installation.verifyAudit();
    this.#findings.push(...audit.findings.map(({ promotionId, problem }) => `audit: ${promotionId}: ${problem}`));
    this.#findings.push(...this.#installation.platformErrors.map((error) => `platform: ${String(error)}`));
    const all = new Set(courses.flatMap((course) => points[course].map(pointName)));
    return {
      kills: [...this.#killsByPoint.values()].reduce((total, count) => total + count, 0),
      killsByPoint: Object.fromEntries([...this.#killsByPoint].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      promotions: this.#ended.length,
      effects: this.#effects,
      rowsAcknowledged,
      auditEntries: audit.entries,
      pointsNotReached: [...all].filter((name) => !this.#killsByPoint.has(name)),
      findings: this.#findings,
      seconds: (performance.now() - started) / 1000,
    };
  }

  /** One promotion of each course that nobody disturbs: its counts must be those that are expected of all others. */
  async #recordPoints(): Promise<Readonly<Record<Course, readonly KillPoint[]>>> {
    const [first] = this.#subjects;
    if (first === undefined) throw new Error('there is no application to promote');
    const record = async (course: Course): Promise<readonly KillPoint[]> => {
      const trace = await this.#promote(first, { course, points: [] });
      for (const { place, moment, tookMs } of trace) {
        if (moment === 'after') this.#tookMs.set(place, tookMs ?? 0);
      }
      return killPointsOf(trace);
    };
    return {
      well: await record('well'),
      sick: await record('sick'),
      regretted: await record('regretted'),
      contract: await record('contract'),
    };
  }

  async #work(subject: Subject, plans: KillPlan[]): Promise<void> {
    for (let plan = plans.shift(); plan !== undefined; plan = plans.shift()) {
      const killed = await this.#promoteUnderKills(subject, plan);
      const left = plan.points.slice(killed);
      const [passed] = left;
      if (passed === undefined) continue;
      // Some points lie behind others for one worker only: what was done before the kill is not done again.
      // What lies in the outbox is delivered by whichever application's worker comes first, so it is tried again.
      const missed = killed === 0 && left.length === 1 ? (plan.missed ?? 0) + 1 : 0;
      if (missed > mostMisses) this.#findings.push(`${pointName(passed)} was never reached`);
      else if (killed > 0) plans.push({ course: plan.course, points: left, missed });
      else {
        plans.push({ course: plan.course, points: [passed], missed });
        if (left.length > 1) plans.push({ course: plan.course, points: left.slice(1) });
      }
    }
  }

  /** @returns how many of the plan's points a worker was killed at. */
  async #promoteUnderKills(subject: Subject, plan: KillPlan): Promise<number> {
    const reached: KillPoint[] = [];
    try {
      await this.#promote(subject, plan, (point) => {
        reached.push(point);
        const name = pointName(point);
        this.#killsByPoint.set(name, (this.#killsByPoint.get(name) ?? 0) + 1);
      });
    } catch (error) {
      const where = plan.points.map(pointName).join(', ');
      this.#findings.push(`${subject.name}, killed at ${where}: ${String(error)}`);
      return plan.points.length;
    }
    return reached.length;
  }

  /** @returns the trace of the last worker, which nobody disturbed. */
  async #promote(
    subject: Subject,
    { course, points }: KillPlan,
    onKill: (point: KillPoint) => void = () => undefined,
  ): Promise<readonly Traced[]> {
    const { id, release } = await begin(course, subject, async (other) => {
      requireGoodEnd(await subject.startWorker(other).endedWithin(workerTimeoutSeconds));
    });
    const before = await subject.witnesses.counts();
    let trace: readonly Traced[] = [];
    for (const point of [...points, undefined]) {
      const halt = point && ({ point, signal: 'SIGKILL', delayMs: this.#delayMs(point) } as const);
      const worker = subject.startWorker(id, halt);
      const end = await worker.endedWithin(workerTimeoutSeconds);
      trace = await worker.trace();
      if (point !== undefined && end.signal === 'SIGKILL') {
        onKill(point);
        continue;
      }
      requireGoodEnd(end);
      break;
    }
    this.#ended.push({ subject, id, course });
    const { state, effects: expected, isKept } = expectations[course];
    const effects = difference(await subject.witnesses.counts(), before);
    this.#effects = sum(this.#effects, effects);
    if (isKept) subject.keep(release);
    const wrongEffects = discrepancies(effects, expected);
    const { failure } = await subject.load(id);
    const why = failure && wrongEffects.length > 0 ? [`what failed was ${failure.step}: ${failure.error.message}`] : [];
    const problems = [
      ...wrongEffects,
      ...why,
      ...(await problemsOfRecord(subject, id, state)),
      ...(await problemsOfTarget(subject, subject.current)),
      ...(await problemsOfTraces(subject, release, isKept)),
    ];
    const where = points.length === 0 ? 'undisturbed' : `killed at ${points.map(pointName).join(', ')}`;
    this.#findings.push(...problems.map((problem) => `${id} of ${release.name} (${course}), ${where}: ${problem}`));
    const verdict = problems.length === 0 ? 'well' : problems.join('; ');
    this.#options.onProgress(`${subject.name} ${release.name} ${course}, ${String(points.length)} kills: ${verdict}`);
    return trace;
  }

  /** A moment of the time that the effect takes when nobody disturbs it. */
  #delayMs(point: KillPoint): number {
    return point.moment === 'during' ? this.#random() * (this.#tookMs.get(point.place) ?? 0) : 0;
  }

  async #settleAccounts(): Promise<void> {
    await emptyOutbox(this.#installation);
    for (const { subject, id, course } of this.#ended) {
      const problems = await problemsOfNotifications(subject, id, expectations[course].notifications);
      this.#findings.push(...problems.map((problem) => `${id}: ${problem}`));
    }
  }

  async #countRows(): Promise<number> {
    let rows = 0;
    for (const subject of this.#subjects) {
      const { acknowledged, present } = await subject.client.stop();
      rows += acknowledged;
      if (present !== acknowledged) {
        this.#findings.push(
          `${subject.name}: ${String(present)} of ${String(acknowledged)} acknowledged rows are there`,
        );
      }
    }
    return rows;
  }
}

function requireGoodEnd({ exitCode, signal, errors }: WorkerEnd): void {
  if (exitCode === 0) return;
  throw new Error(`the worker ended with ${signal ?? `code ${String(exitCode)}`}: ${errors}`);
}
