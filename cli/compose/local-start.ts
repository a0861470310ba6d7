import { resolve } from 'node:path';
import { hasReleaseSources } from '../../examples/shop/release-sources.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import { RulesFileError } from '../../engine/rules/rules-file-error.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { LocalStartOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { extendsOptions } from '../rules-folders.ts';
import { SetupError } from '../setup-error.ts';
import { chooseStart } from './choose-start.ts';
import { LocalFolders } from './local-folders.ts';
import { runningLocal } from './local-process.ts';
import { readLocalRecord } from './local-record.ts';
import { startSample } from './local-start-sample.ts';
import { chosenPlaces, shopPlaces } from './shop-environments.ts';
import { ShopInstallation } from './shop-installation.ts';
import { shopRulesFile } from './shop-setup.ts';
import { StartLines } from './start-lines.ts';

/**
 * Brings the sample application up on this machine. Without rules of the caller's own: what the folder ran last, and in a
 * new one `npm start`, which shows a good and a bad promotion. With them: their environments, ready for the first promotion.
 */
export async function startLocal(options: LocalStartOptions): Promise<number> {
  if (!hasReleaseSources()) {
    throw new SetupError(
      'the sample application is no part of the installed package',
      'clone the repository of Promotion Process and run npm ci && npm start in it',
    );
  }
  const lines = new StartLines(options);
  const folders = new LocalFolders();
  const named = options.rules === undefined ? undefined : resolve(options.rules);
  const choice = chooseStart(named, options, await readLocalRecord(folders), shopRulesFile);
  lines.title('Promotion Process · local');
  if (choice.kind === 'sample') return startSample(folders, options, lines);
  const { rulesFile, application } = choice;
  if (named === undefined) lines.note(`under the rules that this folder ran last: ${rulesFile}`);
  return startWithRules(folders, rulesFile, application, options, lines);
}

async function readRules(file: string): Promise<Rules> {
  const loaded = await loadRules(file, extendsOptions(process.env));
  if (!loaded.ok) throw new RulesFileError(renderProblems(loaded.problems, undefined), file);
  return loaded.rules;
}

async function startWithRules(
  folders: LocalFolders,
  rulesFile: string,
  application: string | undefined,
  options: LocalStartOptions,
  lines: StartLines,
): Promise<number> {
  const rules = await readRules(rulesFile);
  const places = shopPlaces(rules, application);
  const chosen = chosenPlaces(rules, places, options.environments ?? []);
  const installation = await ShopInstallation.open(folders, places, rulesFile, lines);
  try {
    const { service, actor } = installation.session;
    const before = await service.environments(actor, places.application);
    const isRunning = (name: string): boolean =>
      before.some((each) => each.name === name && each.release !== undefined);
    // What was running when it was stopped comes back by itself; it is waited for like what was chosen.
    await installation.bringFirstRelease(
      places.environments.filter((each) => chosen.includes(each) || isRunning(each.name)),
    );
    const releases = await service.releases(actor, places.application);
    if (!releases.some(({ name }) => name === 'v2')) await installation.bringRelease('v2');
    const states = await service.environments(actor, places.application);
    const v2 = (await service.releases(actor, places.application)).find(({ name }) => name === 'v2');
    const { uiUrl } = (await runningLocal(folders)) ?? {};
    lines.nextUnderRules(folders, places, { states, isGood: v2 !== undefined && v2.bad === undefined, uiUrl });
    return exitCodes.ok;
  } finally {
    await installation.session.close();
  }
}
