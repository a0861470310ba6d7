import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { databaseNameSchema } from '../../../engine/contract/database-function-api.ts';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import { environmentTarget } from '../../../engine/workflow/compile-target.ts';

const project = new URL('../../../', import.meta.url);

async function rulesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(new URL(folder, project));
  // What an organisation demands of everybody names no environment by itself, and the team that extends it has no database.
  const others = /\.test\.yaml$|^(organisation|team)\.yaml$/;
  return names.filter((name) => name.endsWith('.yaml') && !others.test(name)).map((name) => folder + name);
}

it('every database that the rules of the project and its examples name is one that the migration function takes', async () => {
  const files = [
    ...(await rulesIn('promotion/')),
    ...(await rulesIn('examples/rules/')),
    'examples/shop/promotion-rules.yaml',
  ];
  const named = new Map<string, string>();
  for (const file of files) {
    const loaded = await loadRules(fileURLToPath(new URL(file, project)));
    if (!loaded.ok) throw new Error(`${file}: ${loaded.problems.map(({ message }) => message).join('\n')}`);
    const { rules } = loaded;
    for (const { name: application } of rules.applications) {
      for (const { name } of rules.environments) {
        const { database } = environmentTarget(rules, application, name);
        if (database !== undefined) named.set(`${file}: ${database}`, database);
      }
    }
  }
  expect(new Set([...named.keys()].map((place) => place.replace(/: .*/, '')))).toEqual(new Set(files));
  const refused = [...named].filter(([, name]) => !databaseNameSchema.safeParse(name).success);
  expect(refused.map(([place]) => place)).toEqual([]);
});
