import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { PipelineInstallation, wentWell } from '../../local/pipelines/installation.ts';
import { stageRules } from './stage-rules.ts';

/** Somebody asks for a promotion. */
export interface Wish {
  readonly release: string;
  readonly to: string;
  readonly reason?: string;
  /** Although it ran there before. */
  readonly isAgain?: boolean;
  /** Default: ana. */
  readonly as?: string;
}

const recordSchema = z.looseObject({ pid: z.number(), uiUrl: z.string(), rulesFile: z.string() });
const rulesSchema = z.looseObject({ paths: z.array(z.looseObject({ to: z.string(), gates: z.looseObject({}) })) });
const startedSchema = z.object({ promotion: z.string() });
const application = 'shop';

/**
 * A local installation as `npm start` makes one, of the sample application with a production behind its staging, where ana
 * promotes and sam and pat approve. What happened there: v2 went into staging, v3 was taken back by itself, and sam
 * rejected v2 for production.
 */
export class Stage {
  readonly installation: PipelineInstallation;

  /** Of the rules, which are read again whenever they are needed. */
  readonly #folder: string | undefined;

  private constructor(installation: PipelineInstallation, folder?: string) {
    this.installation = installation;
    this.#folder = folder;
  }

  static async start(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'stage-'));
    const rules = join(folder, 'promotion-rules.yaml');
    await writeFile(rules, await stageRules());
    const stage = new Stage(await PipelineInstallation.start(rules, application, ['all']), folder);
    try {
      await stage.#play();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** One that another process started. @param home of it. */
  static at(home: string): Stage {
    return new Stage(PipelineInstallation.at(home, application));
  }

  async #play(): Promise<void> {
    const { installation } = this;
    await installation.bind('ana', 'promoter');
    const good = await this.ask({ release: 'v2', to: 'staging', reason: 'gift notes for the holidays' });
    await installation.ended(good, 'COMPLETED_SUCCESSFULLY');
    wentWell(await installation.promote('local', 'bring', 'v3'));
    const bad = await this.ask({ release: 'v3', to: 'staging', reason: 'orders by customer' });
    await installation.ended(bad, 'ROLLED_BACK');
    const early = await this.ask({ release: 'v2', to: 'production', reason: 'gift notes for the holidays' });
    await installation.waitsFor(early, 'approval');
    await this.decide(early, 'sam', 'rejected', 'not before the sale is over');
    await installation.ended(early, 'REJECTED');
  }

  /** Where the UI answers now. */
  async url(): Promise<string> {
    return (await this.#record()).uiUrl;
  }

  /** @returns the id of the promotion. */
  async ask({ as = 'ana', ...wish }: Wish): Promise<string> {
    return startedSchema.parse(await this.#post('/api/promotions', as, { application, ...wish })).promotion;
  }

  async decide(id: string, as: string, decision: 'approved' | 'rejected', comment: string): Promise<void> {
    const { planHash } = z.looseObject({ planHash: z.string() }).parse(await this.installation.look(id));
    await this.#post(`/api/promotions/${id}/decisions`, as, { decision, comment, planHash });
  }

  /** @returns the id of a promotion of v2 into production that waits for sam; the same as long as there is one. */
  async waitingForApproval(): Promise<string> {
    const [waiting] = await this.#list('/api/promotions?state=PENDING_APPROVAL');
    if (waiting !== undefined) return waiting;
    const id = await this.ask({ release: 'v2', to: 'production', reason: 'the sale is over', isAgain: true });
    await this.installation.waitsFor(id, 'approval');
    return id;
  }

  /** Cancels what waits for an approval, so that the same can be asked for anew. */
  async clear(): Promise<void> {
    for (const id of await this.#list('/api/promotions?state=PENDING_APPROVAL')) {
      await this.#post(`/api/promotions/${id}/cancel`, 'ana', { reason: 'it is asked for anew' });
      await this.installation.ended(id, 'CANCELLED');
    }
  }

  /** Has a release run in production, let in by both who may. @returns the id of the promotion. */
  async bringToProduction(release: string): Promise<string> {
    const id = await this.ask({ release, to: 'production', reason: 'it is worth it', isAgain: true });
    await this.installation.waitsFor(id, 'approval');
    for (const person of ['sam', 'pat']) await this.decide(id, person, 'approved', 'as it was last time');
    await this.installation.ended(id, 'COMPLETED_SUCCESSFULLY');
    return id;
  }

  /**
   * Has the path into an environment demand something else.
   * @param gates thresholds beside those that it has.
   * @returns what has it demand the same as before.
   */
  async demand(
    to: string,
    { gates, ...more }: { readonly gates?: object; readonly [setting: string]: unknown },
  ): Promise<() => Promise<void>> {
    const { rulesFile } = await this.#record();
    const before = await readFile(rulesFile, 'utf8');
    const rules = rulesSchema.parse(parse(before));
    const paths = rules.paths.map((path) =>
      path.to === to ? { ...path, ...more, gates: { ...path.gates, ...gates } } : path,
    );
    await writeFile(rulesFile, stringify({ ...rules, paths }));
    return () => writeFile(rulesFile, before);
  }

  /** Somebody changes a value of an environment by hand, to another one than it has. */
  async changeByHand(environment: string, setting: string, value: number): Promise<void> {
    const script = `
      set -e
      tree=$(mktemp -d)
      git clone --quiet --branch ${environment} ${this.installation.home}/configuration.git "$tree"
      cd "$tree"
      sed -i 's/${setting}: .*/${setting}: ${String(value)}/' ${environment}/values.yaml
      git -c user.name=olga -c user.email=olga@shop.example commit --quiet --all --message 'By hand'
      git push --quiet origin ${environment}
      rm -rf "$tree"`;
    wentWell(await this.installation.run('sh', ['-c', script]));
  }

  /** Nobody reaches the configuration until it is given back. @returns what gives it back. */
  async takeConfigurationAway(): Promise<() => Promise<void>> {
    const place = join(this.installation.home, 'configuration.git');
    await rename(place, `${place}.away`);
    return () => rename(`${place}.away`, place);
  }

  /** @returns the id of what ended so in staging last. */
  async ended(outcome: 'succeeded' | 'rolled-back'): Promise<string> {
    const [id] = await this.#list(`/api/history?environment=staging&outcome=${outcome}`);
    if (id === undefined) throw new Error(`nothing in staging is ${outcome}`);
    return id;
  }

  /** Takes back that a rollback marked a release bad. */
  async forgive(release: string): Promise<void> {
    const shown = await this.installation.promote('release', 'show', application, release, '--json');
    if (!/"bad": *\{/.test(shown.out)) return;
    const words = ['release', 'mark-bad', application, release, '--undo', '--reason', 'it was the proxy'];
    wentWell(await this.installation.promote(...words));
  }

  async close(): Promise<void> {
    await this.installation.close();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Ends everything on this machine as a power cut would: nothing is said, nothing tidied up. */
  async kill(): Promise<void> {
    process.kill((await this.#record()).pid, 'SIGKILL');
  }

  async startAgain(): Promise<void> {
    wentWell(await this.installation.promote('local', 'start'));
  }

  async #record(): Promise<z.infer<typeof recordSchema>> {
    return recordSchema.parse(JSON.parse(await readFile(join(this.installation.home, 'local.json'), 'utf8')));
  }

  async #list(path: string): Promise<readonly string[]> {
    const response = await fetch(`${await this.url()}${path}`);
    const { items } = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) }).parse(await response.json());
    return items.map(({ id }) => id);
  }

  async #post(path: string, as: string, body: object): Promise<unknown> {
    const response = await fetch(`${await this.url()}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Promotion-Request': '1',
        Cookie: `promotion-person=${encodeURIComponent(as)}`,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${text}`);
    return JSON.parse(text);
  }
}
