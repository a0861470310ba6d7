import { shopReleases } from '../../examples/shop/release-sources.ts';
import { closest } from '../../engine/rules/closest-word.ts';
import type { LocalBringOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { SetupError } from '../setup-error.ts';
import { UsageError } from '../usage-error.ts';
import { RulesFile } from './current-rules.ts';
import { LocalFolders } from './local-folders.ts';
import { runningLocal } from './local-process.ts';
import { shopPlaces } from './shop-environments.ts';
import { ShopInstallation } from './shop-installation.ts';
import { StartLines } from './start-lines.ts';

/** Puts a release of the sample application where releases come in. */
export async function bringLocal(options: LocalBringOptions): Promise<number> {
  const name = shopReleases.find((each) => each === options.release);
  if (name === undefined) {
    const near = closest(options.release, shopReleases);
    const question = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new UsageError(`the sample has no release ${options.release}.${question} It has ${shopReleases.join(', ')}`);
  }
  const folders = new LocalFolders();
  const running = await runningLocal(folders);
  if (running === undefined) {
    throw new SetupError('local mode is not running here', 'promote local start starts it');
  }
  const places = shopPlaces(await new RulesFile(running.rulesFile).current(), running.application);
  const installation = await ShopInstallation.attach(folders, places, new StartLines(options));
  try {
    await installation.bringRelease(name);
    return exitCodes.ok;
  } finally {
    await installation.session.close();
  }
}
