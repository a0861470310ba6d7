import { appendFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readSchemaMigrations, type SchemaMigration } from '../../engine/store/postgres/migrate-schema.ts';
import { defineStep, type StepDefinition } from '../../engine/workflow/step-definition.ts';

/** Two versions of an engine that differ as real ones do: a state migration, a step's next version, a new step. */
export type EngineVersion = 'N' | 'N+1';

export const stateVersions: Readonly<Record<EngineVersion, number>> = { N: 1, 'N+1': 2 };

const migrationsFolder = `${import.meta.dirname}/../../engine/store/postgres/migrations`;

/** N+1 adds a column and fills it for what is there: expand, so that workers of N that are still alive go on. */
export async function schemaOf(version: EngineVersion): Promise<readonly SchemaMigration[]> {
  const migrations = await readSchemaMigrations(migrationsFolder);
  if (version === 'N') return migrations;
  const next = migrations.length + 1;
  const sql = `alter table promotion add column carrier text; update promotion set carrier = 'ordinary';`;
  return [...migrations, { version: next, name: 'carriers', sql }];
}

/** @param witness file outside the engine that every effect appends a line to. */
export function stepsOf(version: EngineVersion, witness: string): readonly StepDefinition[] {
  const effect = (line: string): Promise<void> => appendFile(witness, `${line}\n`);
  const before = simpleStep('prepare', () => effect('prepare'));
  const after = simpleStep('finish', () => effect('finish'));
  if (version === 'N') return [before, copyOfN(effect), after];
  return [before, copyOfNext(effect), after, simpleStep('sweep', () => effect('sweep'))];
}

function simpleStep(name: string, work: () => Promise<void>): StepDefinition {
  return defineStep<unknown>({
    name,
    version: 1,
    oldestVersion: 1,
    phase: 'move',
    title: name,
    isOptional: false,
    configSchema: z.unknown(),
    async run() {
      await work();
      return { kind: 'done', summary: name, output: {} };
    },
  });
}

/** Copies one part, parks with a count, and then hangs in the middle of the second, where it is killed. */
function copyOfN(effect: (line: string) => Promise<void>): StepDefinition {
  return defineStep<unknown>({
    name: 'copy',
    version: 1,
    oldestVersion: 1,
    phase: 'move',
    title: 'copy',
    isOptional: false,
    configSchema: z.unknown(),
    async run({ checkpoint, clock, effect: { signal } }) {
      if (checkpoint === undefined) {
        await effect('part 1');
        return {
          kind: 'park',
          reason: 'manual',
          detail: 'part 2 follows',
          until: clock.now(),
          checkpoint: { parts: 1 },
        };
      }
      await effect('begun by N');
      await pause(600_000, undefined, { signal });
      throw new Error('was not killed');
    },
  });
}

/** Remembers the parts by name; still reads the count that N stored. */
const checkpointSchema = z.union([
  z
    .object({ parts: z.number() })
    .transform(({ parts }) => Array.from({ length: parts }, (_, n) => `part ${String(n + 1)}`)),
  z.object({ names: z.array(z.string()) }).transform(({ names }) => names),
]);

function copyOfNext(effect: (line: string) => Promise<void>): StepDefinition {
  return defineStep<unknown>({
    name: 'copy',
    version: 2,
    oldestVersion: 1,
    phase: 'move',
    title: 'copy',
    isOptional: false,
    configSchema: z.unknown(),
    async run({ checkpoint }) {
      const done = checkpoint === undefined ? [] : checkpointSchema.parse(checkpoint);
      for (const part of ['part 1', 'part 2']) if (!done.includes(part)) await effect(part);
      return { kind: 'done', summary: 'two parts', output: { names: ['part 1', 'part 2'] } };
    },
  });
}
