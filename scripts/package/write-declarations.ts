import { execFile } from 'node:child_process';
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Writes the types of what `tsconfig.package.json` names, and of whatever that imports.
 * @param root of the project.
 * @param into the compiled tree, in which each declaration lies beside its code.
 * @throws when the compiler refuses the sources; the error holds what it said.
 */
export async function writeDeclarations(root: string, into: string): Promise<void> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '--project', 'tsconfig.package.json', '--outDir', into], { cwd: root });
  } catch (error) {
    const told: unknown = error instanceof Error ? Reflect.get(error, 'stdout') : undefined;
    throw new Error(`Types cannot be written:\n${String(told)}`, { cause: error });
  }
  for await (const file of glob('**/*.d.ts', { cwd: into })) {
    const place = path.join(into, file);
    const text = await readFile(place, 'utf8');
    await writeFile(place, text.replaceAll(importOfSource, '$<before>.js$<quote>'));
  }
}

/** The compiler leaves `.ts` in declarations, and there are no sources in the package. */
const importOfSource = /(?<before>(?:\bfrom |\bimport\(|\bimport )(?<quote>['"])\.{1,2}\/[^'"]+)\.ts\k<quote>/g;
