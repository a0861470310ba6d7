import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { functionArchive } from './function-archive/function-archive.ts';
import { commandTree, libraryTree, type PackagedTree } from './package/packaged-trees.ts';
import { compileTree } from './package/compile-tree.ts';
import { writeDeclarations } from './package/write-declarations.ts';

/**
 * Writes what the package ships below dist/: `library/`, the constructs as CommonJS with their types, as apps of CDK for
 * Terraform load them, and `command/`, the program `promote`.
 *
 * Usage: npm run build
 */
const root = path.resolve(import.meta.dirname, '..');

async function writeTree(tree: PackagedTree): Promise<string> {
  const into = path.join(root, tree.folder);
  await rm(into, { recursive: true, force: true });
  const sources = await compileTree({ root, entries: tree.entries, into, format: tree.format });
  for (const file of tree.data) await cp(path.join(root, file), path.join(into, file), { recursive: true });
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const type = tree.format === 'cjs' ? 'commonjs' : 'module';
  await writeFile(path.join(into, 'package.json'), `${JSON.stringify({ name, version, type }, undefined, 2)}\n`);
  console.log(`${tree.folder}  ${String(sources.length)} files`);
  return into;
}

const library = await writeTree(libraryTree);
await writeDeclarations(root, library);
const { bytes, sha256 } = await functionArchive(root);
await mkdir(path.join(library, 'functions'));
await writeFile(path.join(library, 'functions/db_migration.zip'), bytes);
console.log(`${libraryTree.folder}/functions/db_migration.zip  sha256:${sha256}`);
await writeTree(commandTree);
