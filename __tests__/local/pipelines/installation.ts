import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { startTraffic, type Traffic } from '../../../examples/shop/traffic.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const rulesFolder = join(project, 'examples/rules');
const page = join(project, 'docs/pipelines.md');

export interface Ended {
  readonly exitCode: number | null;
  /** What it printed, in the order in which it did. */
  readonly output: string;
  /** What of it is for programs. */
  readonly out: string;
}

const promotionSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  waiting: z.looseObject({ reason: z.string(), detail: z.string(), until: z.string().nullable() }).nullable(),
  steps: z.array(z.looseObject({ name: z.string(), status: z.string(), summary: z.string().nullable() })),
});
export type SeenPromotion = z.infer<typeof promotionSchema>;

/** Something a tool wrote, and how it is told to the engine. */
export interface Report {
  readonly content: string;
  readonly options?: readonly string[];
}

/** @throws with what it printed unless it went well. */
export function wentWell({ exitCode, output }: Ended): string {
  if (exitCode !== 0) throw new Error(`exit code ${String(exitCode)}:\n${output}`);
  return output;
}

const longestWaitMs = 120_000;

/** One of the documented pipelines on this machine, used as a person uses it: by the command line and nothing else. */
export class PipelineInstallation {
  readonly application: string;
  readonly #parent: string;
  readonly #traffic: Traffic[] = [];
  #aheadSeconds = 0;
  #reports = 0;

  private constructor(application: string, parent: string) {
    this.application = application;
    this.#parent = parent;
  }

  /**
   * @param rules of `examples/rules` by their file's name, or others by its whole path
   * @param environments that are started beside those of the first path, by name; `all`.
   */
  static async start(
    rules: string,
    application: string,
    environments: readonly string[] = [],
  ): Promise<PipelineInstallation> {
    const parent = await mkdtemp(join(tmpdir(), 'pipeline-'));
    // As most places are: the database's own user has to pass through.
    await chmod(parent, 0o755);
    const installation = new PipelineInstallation(application, parent);
    const chosen = environments.flatMap((name) => ['--env', name]);
    const started = await installation.promote('local', 'start', '--rules', resolve(rulesFolder, rules), ...chosen);
    wentWell(started);
    return installation;
  }

  /** One that another process started. @param home as it says. */
  static at(home: string, application: string): PipelineInstallation {
    return new PipelineInstallation(application, dirname(home));
  }

  get home(): string {
    return join(this.#parent, 'home');
  }

  /** By the installation's own clock. */
  now(): Date {
    return new Date(Date.now() + this.#aheadSeconds * 1000);
  }

  promote(...words: readonly string[]): Promise<Ended> {
    return this.run(process.execPath, [join(project, 'cli/main.ts'), ...words]);
  }

  /** One of the guides' scripts. */
  script(name: string, variables: Readonly<Record<string, string>> = {}, ...words: readonly string[]): Promise<Ended> {
    return this.run(join(project, 'scripts', name), words, variables);
  }

  /** What a person types into a shell at the root of the project. */
  shell(script: string, variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run('bash', ['-c', script], variables, project);
  }

  /** A line of the page that walks the pipelines, typed as it is there, after what the page has pasted first. */
  async type(line: string): Promise<Ended> {
    const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```sh\n([^]*?)^```$/gm)].map(
      ([, block = '']) => block,
    );
    const [pasted = '', ...typed] = blocks;
    if (!typed.some((block) => block.split('\n').includes(line))) throw new Error(`${page} does not say ${line}`);
    return this.shell(`${pasted}\n${line}`);
  }

  run(
    program: string,
    words: readonly string[],
    variables: Readonly<Record<string, string>> = {},
    folder = this.#parent,
  ): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', PROMOTION_HOME: this.home };
      const child = spawn(program, words, {
        cwd: folder,
        env: { ...env, ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve({ exitCode, output, out });
      });
    });
  }

  /** The only promotion of its kind that was asked for last. */
  async newest(): Promise<SeenPromotion> {
    const { out } = await this.promote('list', '--limit', '1', '--json');
    const [newest] = z.looseObject({ promotions: z.array(promotionSchema) }).parse(JSON.parse(out)).promotions;
    if (newest === undefined) throw new Error('nothing was promoted');
    return newest;
  }

  async look(id: string): Promise<SeenPromotion> {
    const { out } = await this.promote('status', id, '--json');
    return promotionSchema.parse(JSON.parse(out));
  }

  /** Waits until a promotion is as it is to be. @throws when it takes too long, with how it is. */
  async until(id: string, isSo: (promotion: SeenPromotion) => boolean): Promise<SeenPromotion> {
    const since = performance.now();
    for (;;) {
      const promotion = await this.look(id);
      if (isSo(promotion)) return promotion;
      if (performance.now() - since > longestWaitMs) throw new Error(JSON.stringify(promotion, undefined, 1));
      await pause(200);
    }
  }

  ended(id: string, state: string): Promise<SeenPromotion> {
    return this.until(id, (promotion) => promotion.state === state);
  }

  waitsFor(id: string, reason: string): Promise<SeenPromotion> {
    return this.until(id, ({ waiting }) => waiting?.reason === reason);
  }

  /** Waits until what a command prints is as it is to be. */
  async untilOutput(words: readonly string[], isSo: (output: string) => boolean): Promise<void> {
    const since = performance.now();
    for (;;) {
      const { output } = await this.promote(...words);
      if (isSo(output)) return;
      if (performance.now() - since > longestWaitMs) throw new Error(output);
      await pause(500);
    }
  }

  /** Makes a release of the images of another one, built from another commit. */
  async createRelease(name: string, like: string, source: object): Promise<void> {
    const { out } = await this.promote('release', 'show', this.application, like, '--json');
    const { content } = z.looseObject({ content: z.looseObject({}) }).parse(JSON.parse(out));
    const file = join(this.#parent, `${name}.json`);
    await writeFile(file, JSON.stringify({ ...content, source }));
    wentWell(await this.promote('release', 'create', this.application, name, '--file', file));
  }

  /** Gives a person a role of the engine for everything. */
  async bind(person: string, role: string): Promise<void> {
    wentWell(await this.promote('role', 'bind', person, role));
  }

  /** Lets time pass, as `promote local clock` does. */
  async advance(...words: readonly string[]): Promise<void> {
    const { exitCode, output, out } = await this.promote(
      'local',
      'clock',
      ...words,
      '--reason',
      'nobody waits for it',
      '--json',
    );
    if (exitCode !== 0) throw new Error(output);
    this.#aheadSeconds = z.object({ aheadSeconds: z.number() }).parse(JSON.parse(out)).aheadSeconds;
  }

  /** Adds reports about a release as its pipeline would, made just now. */
  async report(release: string, ...reports: readonly Report[]): Promise<void> {
    for (const { content, options = [] } of reports) {
      const file = join(this.#parent, `report-${String((this.#reports += 1))}`);
      await writeFile(file, content);
      const words = ['--release', release, '--file', file, '--collected-at', this.now().toISOString(), ...options];
      wentWell(await this.promote('evidence', 'add', this.application, ...words));
    }
  }

  /** Customers of an environment, until the test is over. */
  async customersIn(environment: string, ratePerSecond: number): Promise<Traffic> {
    const settings: unknown = JSON.parse(
      await readFile(join(this.home, 'deployments', environment, 'environment.json'), 'utf8'),
    );
    const { ports } = z.looseObject({ ports: z.record(z.string(), z.number()) }).parse(settings);
    const url = (service: string): string => `http://127.0.0.1:${String(ports[service])}`;
    const traffic = startTraffic({
      ordersUrl: url('orders'),
      webUrl: url('web'),
      jwtSecret: await readFile(join(this.home, 'secrets', `jwt-${environment}`), 'utf8'),
      ratePerSecond,
    });
    this.#traffic.push(traffic);
    return traffic;
  }

  /** The release that an environment's web page says it is. */
  async runsIn(environment: string): Promise<string | undefined> {
    const { out } = await this.promote('status', '--json');
    const { environments } = z
      .looseObject({
        environments: z.array(z.looseObject({ environment: z.string(), release: z.string().nullable() })),
      })
      .parse(JSON.parse(out));
    return environments.find((each) => each.environment === environment)?.release ?? undefined;
  }

  /** The newest migration that has run in the environment's database. */
  async schemaVersionIn(environment: string): Promise<number> {
    const { out } = await this.promote('status', '--env', environment, '--json');
    const { database } = z
      .looseObject({ database: z.looseObject({ schemaVersion: z.number() }) })
      .parse(JSON.parse(out));
    return database.schemaVersion;
  }

  async close(): Promise<void> {
    await Promise.all(this.#traffic.map((traffic) => traffic.stop()));
    await this.promote('local', 'stop');
    await rm(this.#parent, { recursive: true, force: true });
  }
}
