import { Client } from 'pg';
import type { BuiltRelease } from '../../examples/shop/build-release.ts';
import { ensureEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import type { Release } from '../../engine/release.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { SetupError } from '../setup-error.ts';
import type { LocalFolders } from './local-folders.ts';
import { installationClock } from './local-clock.ts';
import { localDatabaseFunction } from './local-database-function.ts';
import { localPorts } from './local-ports.ts';
import { runningLocal, startLocalProcess, untilUiIsKnown } from './local-process.ts';
import { openSession, type LocalInstallation } from './open-session.ts';
import {
  bringShopRelease,
  buildShopRelease,
  registerShopRelease,
  untilReady,
  type ShopReleaseName,
} from './shop-releases.ts';
import type { ShopEnvironment, ShopPlaces } from './shop-environments.ts';
import { serviceUrl, setUpShop } from './shop-setup.ts';
import type { StartLines } from './start-lines.ts';

/** The sample application on this machine under some rules, from nothing to running, a line for each thing that is up. */
export class ShopInstallation {
  readonly session: LocalInstallation;
  readonly #folders: LocalFolders;
  readonly #places: ShopPlaces;
  readonly #lines: StartLines;

  private constructor(folders: LocalFolders, places: ShopPlaces, session: LocalInstallation, lines: StartLines) {
    this.#folders = folders;
    this.#places = places;
    this.session = session;
    this.#lines = lines;
  }

  /**
   * Brings up the database, builds the first release, sets every environment up and starts the platform, as far as that
   * was not done before. Nothing runs in the environments yet that did not run before.
   * @throws SetupError when the folder is running under other rules.
   */
  static async open(
    folders: LocalFolders,
    places: ShopPlaces,
    rulesFile: string,
    lines: StartLines,
  ): Promise<ShopInstallation> {
    await folders.make();
    const running = await runningLocal(folders);
    if (running !== undefined && running.rulesFile !== rulesFile) {
      throw new SetupError(
        `${folders.root} runs under the rules ${running.rulesFile}`,
        'stop it first (promote local stop), or set PROMOTION_HOME to another folder',
      );
    }
    const { url } = await lines.step('Postgres', async () => {
      const postgres = await ensureEmbeddedPostgres({ directory: folders.postgres });
      for (const note of postgres.notes) lines.note(note);
      return [postgres, `${postgres.version.padEnd(6)} ready on 127.0.0.1:${String(postgres.port)}`];
    });
    // A look at the same folder that ends meanwhile must not end the server.
    const hold = new Client({ connectionString: url });
    // What it is lost for is told by whoever works with the server.
    hold.on('error', () => undefined);
    await hold.connect();
    try {
      return await ShopInstallation.#openOn(url, folders, places, rulesFile, lines, running === undefined);
    } finally {
      await hold.end();
    }
  }

  static async #openOn(
    url: string,
    folders: LocalFolders,
    places: ShopPlaces,
    rulesFile: string,
    lines: StartLines,
    isStopped: boolean,
  ): Promise<ShopInstallation> {
    const { application } = places;
    const first = await lines.step(`${application} v1`, async () => {
      const built = await buildShopRelease(folders, entryOf(places), 'v1');
      return [built, `3 images built, ${lines.facts(built.facts)}`];
    });
    lines.failedTests('v1', first.failures);
    await setUpShop(folders, url, places.environments, first.content);
    if (isStopped) {
      await lines.step('platform', async () => {
        const record = await startLocalProcess(folders, rulesFile, application);
        return [record, `environments and database function run in process ${String(record.pid)}`];
      });
    }
    const session = await openSession();
    await registerShopRelease(session, application, 'v1', first);
    await tellUi(folders, session, lines, isStopped);
    return new ShopInstallation(folders, places, session, lines);
  }

  /** One that runs already. */
  static async attach(folders: LocalFolders, places: ShopPlaces, lines: StartLines): Promise<ShopInstallation> {
    return new ShopInstallation(folders, places, await openSession(), lines);
  }

  /** Brings the first release where nothing runs yet, and waits until everything is ready. */
  async bringFirstRelease(environments: readonly ShopEnvironment[]): Promise<void> {
    const { application } = this.#places;
    const ports = await this.#ports();
    const known = await this.session.service.environments(this.session.actor, application);
    const v1 = await this.#release('v1');
    await Promise.all(
      environments.map((environment) =>
        this.#lines.step(`${application} · ${environment.name}`, async () => {
          const running = known.find(({ name }) => name === environment.name)?.release;
          if (running === undefined) await this.#bring(ports, environment, v1);
          const ready = await untilReady(ports, environment.name);
          const web = await serviceUrl(this.#folders, environment.name, 'web');
          return [undefined, `${running?.name ?? 'v1'}     ${String(ready)} services ready   ${web}`];
        }),
      ),
    );
  }

  /**
   * Builds a release and puts it where releases come in, as a team's own pipeline does.
   * @param comment beside what came of it.
   */
  async bringRelease(name: ShopReleaseName, comment = ''): Promise<BuiltRelease> {
    const { application } = this.#places;
    const entry = entryOf(this.#places);
    const brought = await this.#lines.step(`${application} ${name} in ${entry.name}`, async () => {
      const built = await buildShopRelease(this.#folders, entry, name);
      const release = await registerShopRelease(this.session, application, name, built);
      await this.#bring(await this.#ports(), entry, release);
      return [built, `${this.#lines.facts(built.facts)}${comment === '' ? '' : ` — ${comment}`}`];
    });
    this.#lines.failedTests(name, brought.failures);
    return brought;
  }

  async #release(name: ShopReleaseName): Promise<Release> {
    const releases = await this.session.service.releases(this.session.actor, this.#places.application);
    const release = releases.find((each) => each.name === name);
    if (release === undefined) throw new Error(`release ${name} was not stored`);
    return release;
  }

  #bring(ports: Ports, environment: ShopEnvironment, release: Release): Promise<void> {
    return bringShopRelease(ports, this.session, environment, release, entryOf(this.#places));
  }

  async #ports(): Promise<Ports> {
    const record = await runningLocal(this.#folders);
    if (record === undefined) throw new Error(`the local platform has stopped; ${this.#folders.log} says why`);
    const clock = installationClock(this.#folders, process.env['DATABASE_URL']);
    return localPorts(this.#folders, localDatabaseFunction(this.#folders, clock), record.rulesFile);
  }
}

/** Says where the UI is, once it answers. A process of an older version has none. */
async function tellUi(
  folders: LocalFolders,
  { actor }: LocalInstallation,
  lines: StartLines,
  isJustStarted: boolean,
): Promise<void> {
  await lines.step('UI', async () => {
    const url = (isJustStarted ? await untilUiIsKnown(folders) : (await runningLocal(folders))?.uiUrl) ?? '';
    if (url === '') return [undefined, `does not answer; ${folders.log} says why`];
    return [undefined, `${url}   you are ${actor.id}`];
  });
}

/** Where releases come in: the first environment that no path leads into. */
export function entryOf({ environments }: ShopPlaces): ShopEnvironment {
  const entry = environments.find(({ isEntry }) => isEntry) ?? environments[0];
  if (entry === undefined) throw new Error('there is no environment on this machine');
  return entry;
}
