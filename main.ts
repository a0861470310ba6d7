import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App } from 'cdktf';
import { readAppSettings } from './constructs/app/app-settings.ts';
import { buildStacks } from './constructs/app/build-stacks.ts';
import { loadRules } from './engine/rules/load-rules.ts';
import { renderProblems } from './engine/rules/render-problems.ts';
import { functionArchive } from './scripts/function-archive/function-archive.ts';

/**
 * The CDK for Terraform app: a control-plane stack, and a stack for each path of the rules. See docs/stacks.md.
 */
const app = new App();
const settings = readAppSettings(app.node, process.env);
const loaded = await loadRules(settings.rulesFile);
if (loaded.ok) {
  buildStacks(app, settings, loaded.rules, await functionSource());
  app.synth();
} else {
  process.stderr.write(`${renderProblems(loaded.problems, undefined)}\n`);
  process.exitCode = 1;
}

/** The user's own archive; else the function as it stands here, built when it is not there yet. */
async function functionSource(): Promise<string> {
  if (settings.functionSource !== undefined) return settings.functionSource;
  const root = import.meta.dirname;
  const file = path.join(root, 'dist/functions/db_migration.zip');
  if (!existsSync(file)) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, (await functionArchive(root)).bytes);
  }
  return file;
}
