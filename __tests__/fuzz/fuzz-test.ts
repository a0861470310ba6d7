import { setTimeout as pause } from 'node:timers/promises';
import pc from 'picocolors';
import type { Client } from 'pg';
import type { CommandContext } from '../../cli/command-context.ts';
import { exitCodeMeanings } from '../../cli/exit-code.ts';
import { buildProgram } from '../../cli/program.ts';
import { runCommandLine } from '../../cli/run-command-line.ts';
import type { Session } from '../../cli/session.ts';
import { SetupError } from '../../cli/setup-error.ts';
import { EvidenceError } from '../../engine/evidence/evidence-error.ts';
import { evidenceFormats } from '../../engine/evidence/formats.ts';
import { readReport } from '../../engine/evidence/read-report.ts';
import { defaultReadingLimits } from '../../engine/evidence/reading-limits.ts';
import { parseRules } from '../../engine/rules/parse-rules.ts';
import { readRulesDocument } from '../../engine/rules/rules-document.ts';
import { judgeScenarios } from '../../engine/simulation/read-scenarios.ts';
import { prepareScenarioFile } from '../../engine/simulation/run-scenario-files.ts';
import { seededRandom } from '../chaos/random.ts';
import { sampleReports } from '../engine/evidence/sample-reports.ts';
import { admin, promoter, rulesText, viewer, type ServiceDesk } from '../engine/service/service-fixture.ts';
import { scenarioText } from '../engine/simulation/scenario-runner.ts';
import { everyCommand, randomWords } from './command-lines.ts';
import { mutate, pick } from './mutate.ts';
import { unwillingKeeper } from '../support/unwilling-keeper.ts';
import { isRefusal, randomCall } from './service-calls.ts';

export interface FuzzResult {
  readonly commandLines: number;
  readonly rules: number;
  readonly reports: number;
  readonly serviceCalls: number;
  /** Of all inputs; the others did what they asked for. */
  readonly refused: number;
  readonly findings: readonly string[];
  readonly seconds: number;
}

export interface FuzzOptions {
  /** A quarter of them for each kind. */
  readonly inputs: number;
  readonly seed: number;
}

/** Longer than any of these may take, on a machine that is busy. */
const hangMs = 60_000;
const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;

/** Gives everything that takes input whatever may come: nothing may crash, hang, show its insides or write by accident. */
export class FuzzTest {
  readonly #desk: ServiceDesk;
  readonly #client: Client;
  readonly #random: () => number;
  readonly #findings: string[] = [];
  #refused = 0;

  /** @param client of the desk's own database. */
  constructor(desk: ServiceDesk, client: Client, seed: number) {
    this.#desk = desk;
    this.#client = client;
    this.#random = seededRandom(seed);
  }

  async run({ inputs }: Pick<FuzzOptions, 'inputs'>): Promise<FuzzResult> {
    const started = performance.now();
    const each = Math.ceil(inputs / 4);
    for (let index = 0; index < each; index += 1) {
      await this.#tryCommandLine();
      this.#tryRules();
      await this.#tryReport();
      await this.#tryServiceCall();
    }
    const seconds = (performance.now() - started) / 1000;
    const counts = { commandLines: each, rules: each, reports: each, serviceCalls: each };
    return { ...counts, refused: this.#refused, findings: this.#findings, seconds };
  }

  async #tryCommandLine(): Promise<void> {
    let shown = '';
    const failures: unknown[] = [];
    const context = this.#context((text) => (shown += text), failures);
    const words = randomWords(everyCommand(buildProgram(context, () => undefined)), this.#random);
    const before = await this.#rows();
    const outcome = await orHang(runCommandLine(words, context));
    const what = `promote ${JSON.stringify(words).slice(0, 400)}`;
    if (outcome === 'hang') this.#findings.push(`${what}: does not end`);
    else if (!exitCodeMeanings.some(([code]) => code === outcome))
      this.#findings.push(`${what}: ended with ${String(outcome)}`);
    if (stackTrace.test(shown)) this.#findings.push(`${what}: shows a stack trace`);
    for (const failure of failures) this.#findings.push(`${what}: ${describeError(failure)}`);
    if (outcome === 0) return;
    this.#refused += 1;
    // What waits or was asked for without waiting has been written, and is meant to be.
    if (outcome !== 4 && (await this.#rows()) !== before && !/run|rollback|retry/.test(words.join(' '))) {
      this.#findings.push(`${what}: ended with ${String(outcome)} and wrote`);
    }
  }

  #tryRules(): void {
    const isScenario = this.#random() < 0.5;
    const text = isScenario ? scenarioText('- run: { as: ana, release: v2, to: production }') : rulesText();
    const bytes = mutate(Buffer.from(text), this.#random);
    try {
      const read = isScenario
        ? judgeScenarios(readRulesDocument(bytes, 'x.test.yaml'))
        : parseRules(bytes, 'rules.yaml');
      if (!read.ok) this.#refused += 1;
    } catch (error) {
      this.#findings.push(`rules ${JSON.stringify(bytes.toString().slice(0, 300))}: ${describeError(error)}`);
    }
  }

  async #tryReport(): Promise<void> {
    const format = pick(evidenceFormats, this.#random);
    const bytes = mutate(Buffer.from(sampleReports[format]), this.#random);
    const chosen = this.#random() < 0.5 ? format : undefined;
    const options = { format: chosen, suite: 'unit', phase: 'before', limits: defaultReadingLimits } as const;
    try {
      const outcome = await orHang(readReport(oneChunk(bytes), options));
      if (outcome === 'hang') this.#findings.push(`${format} report: is read without end`);
    } catch (error) {
      this.#refused += 1;
      if (!(error instanceof EvidenceError)) {
        this.#findings.push(
          `${format} report ${JSON.stringify(Buffer.from(bytes).toString().slice(0, 300))}: ${describeError(error)}`,
        );
      }
    }
  }

  async #tryServiceCall(): Promise<void> {
    const { name, call } = randomCall(this.#desk.service, [admin, promoter, viewer], this.#random);
    const before = await this.#rows();
    try {
      if ((await orHang(call())) === 'hang') this.#findings.push(`${name}: does not end`);
    } catch (error) {
      this.#refused += 1;
      if (!isRefusal(error)) this.#findings.push(`${name}: ${describeError(error)}`);
      if ((await this.#rows()) !== before) this.#findings.push(`${name}: was refused and wrote`);
    }
  }

  /** Every table with its number of rows, as one text. */
  async #rows(): Promise<string> {
    const { rows } = await this.#client.query<{ counts: string }>(
      `select string_agg(t.name || ' ' || t.count, ', ' order by t.name) as counts from (
         select c.relname as name,
           (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', c.relname), false, true, '')))[1]::text as count
         from pg_class c join pg_namespace s on s.oid = c.relnamespace
         where c.relkind = 'r' and s.nspname = 'public'
       ) as t`,
    );
    return rows[0]?.counts ?? '';
  }

  #context(show: (text: string) => void, failures: unknown[]): CommandContext {
    const notHere = (): Promise<never> =>
      Promise.reject(new SetupError('local mode is no part of this test', 'start it'));
    const interrupt = new AbortController();
    let sleeps = 0;
    return {
      terminal: {
        isInteractive: false,
        canAsk: false,
        paint: pc.createColors(false),
        size: () => ({ columns: 80, rows: 24 }),
        write: show,
        writeError: show,
        ask: () => Promise.resolve(undefined),
      },
      environment: {},
      invocation: 'promote',
      logFolder: '/nowhere',
      machineClock: this.#desk.clock,
      clock: {
        now: () => this.#desk.clock.now(),
        // Whoever follows a promotion that nobody runs is interrupted soon.
        async sleep() {
          sleeps += 1;
          if (sleeps > 3) interrupt.abort();
          await pause(0);
        },
      },
      interruption: { listen: () => ({ signal: interrupt.signal, [Symbol.dispose]: () => undefined }) },
      failures: {
        write(_command, error) {
          failures.push(error);
          return 'promote.log';
        },
      },
      local: { start: notHere, bring: notHere, clock: notHere, stop: notHere, serve: notHere, ui: notHere },
      rulesTests: {
        async prepare(request) {
          const prepared = await prepareScenarioFile(request);
          return prepared.ok ? { ...prepared, results: nothing() } : prepared;
        },
      },
      auditFiles: {
        publicKey: () => Promise.resolve(undefined),
        verifyExport: () => Promise.reject(new SetupError('there is no key here', 'give one with --key')),
      },
      installedRules: () => Promise.resolve(undefined),
      openSession: () => Promise.resolve(this.#session()),
    };
  }

  #session(): Session {
    return {
      service: this.#desk.service,
      actor: admin,
      verifyAudit: () => Promise.resolve({ findings: [], chains: 0, entries: 0, pruned: 0, signedUpTo: undefined }),
      async *exportAudit(request) {
        for await (const { promotionId } of (await this.service.extractAudit(admin, request)).chains)
          yield `${promotionId}\n`;
      },
      gone: () => Promise.resolve(undefined),
      prune: (request) => this.#desk.service.prune(admin, request, unwillingKeeper),
      runWorker: () => Promise.resolve(),
      notice: () => Promise.resolve(undefined),
      async *examine() {
        yield { subject: 'the test', level: 'ok', detail: 'looks at nothing' };
      },
      tick: () => Promise.resolve(),
      copyBackup: () => Promise.reject(new Error('there is no backup here')),
      keepSecret: () => Promise.resolve(),
      configurationRepository: () => Promise.resolve('configuration'),
      serviceLogs: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
  }
}

async function* nothing(): AsyncIterable<never> {
  // What was read is not run here.
}

async function orHang<Value>(work: Promise<Value>): Promise<Value | 'hang'> {
  const timer = new AbortController();
  const hang = pause(hangMs, 'hang' as const, { signal: timer.signal, ref: false });
  hang.catch(() => undefined);
  try {
    return await Promise.race([work, hang]);
  } finally {
    timer.abort();
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : String(error);
}
