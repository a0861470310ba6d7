import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeBlocks, commandsOf, isOutside, printedCommands, setsVariables } from './seed-commands/printed-commands.ts';

/** Where commands of the guides are typed as they are printed, on real local environments. */
const typedIn = [
  'dev-to-staging.test.ts',
  'pipelines/dev-staging-canary-production.test.ts',
  'pipelines/dev-to-staging.test.ts',
  'pipelines/quikapp.test.ts',
];

/** Commands that are typed as part of the block in which they are printed. */
const asBlocks = codeBlocks()
  .filter((block) => block.language === 'yaml' || setsVariables(block))
  .flatMap((block) => commandsOf(block));

describe('every command that the guides print', () => {
  it('is typed as it is printed, those of other people’s programs aside', async () => {
    const texts = await Promise.all(typedIn.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
    const missing = printedCommands().filter(
      (command) => !asBlocks.includes(command) && !texts.some((text) => text.includes(`'${command}'`)),
    );
    expect(missing).toEqual([]);
    expect(printedCommands().length).toBeGreaterThan(30);
  });

  it('is typed with its block where the block belongs together: variables, and jobs of CI', async () => {
    const text = await readFile(join(import.meta.dirname, 'pipelines/dev-to-staging.test.ts'), 'utf8');
    for (const name of ['Check Promotion Readiness', 'Auto-promote to Staging'])
      expect(text).toContain(`job('${name}')`);
    for (const seed of ['seed 1', 'seed 4']) expect(text).toContain(`variablesOf('${seed}'`);
  });

  it('is left aside only where it names kubectl, kustomize, docker, argocd, aws or gh', () => {
    const aside = codeBlocks()
      .flatMap((block) => commandsOf(block))
      .filter((command) => isOutside(command));
    expect(aside.length).toBeGreaterThan(10);
    for (const command of aside)
      expect(command).toMatch(/\b(kubectl|kustomize|docker|argocd|aws|gh)\b|^cd k8s\/overlays\//);
  });
});
