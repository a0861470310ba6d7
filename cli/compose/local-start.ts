import { resolve } from 'node:path';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { LocalStartOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { extendsOptions } from '../rules-folders.ts';
import { RulesFileError } from '../usage-error.ts';
import { LocalFolders } from './local-folders.ts';
import { startSample } from './local-start-sample.ts';
import { chosenPlaces, shopPlaces } from './shop-environments.ts';
import { ShopInstallation } from './shop-installation.ts';
import { StartLines } from './start-lines.ts';

/**
 * Brings the sample application up on this machine. Without rules of the caller's own: `npm start`, which shows a good
 * and a bad promotion. With them: their environments, ready for the first promotion.
 */
export async function startLocal(options: LocalStartOptions): Promise<number> {
  const lines = new StartLines(options);
  lines.title('Promotion Process · local');
  const folders = new LocalFolders();
  if (options.rules === undefined) return startSample(folders, options, lines);
  const rulesFile = resolve(options.rules);
  return startWithRules(folders, rulesFile, await readRules(rulesFile), options, lines);
}

async function readRules(file: string): Promise<Rules> {
  const loaded = await loadRules(file, extendsOptions(process.env));
  if (!loaded.ok) throw new RulesFileError(renderProblems(loaded.problems, undefined));
  return loaded.rules;
}

async function startWithRules(
  folders: LocalFolders,
  rulesFile: string,
  rules: Rules,
  options: LocalStartOptions,
  lines: StartLines,
): Promise<number> {
  const places = shopPlaces(rules, options.application);
  const chosen = chosenPlaces(rules, places, options.environments ?? []);
  const installation = await ShopInstallation.open(folders, places, rulesFile, lines);
  try {
    await installation.bringFirstRelease(chosen);
    const { service, actor } = installation.session;
    const releases = await service.releases(actor, places.application);
    if (!releases.some(({ name }) => name === 'v2')) await installation.bringRelease('v2');
    const states = await service.environments(actor, places.application);
    const empty = places.environments
      .map(({ name }) => name)
      .filter((name) => !states.some((each) => each.name === name));
    lines.nextUnderRules(folders, places, empty);
    return exitCodes.ok;
  } finally {
    await installation.session.close();
  }
}
