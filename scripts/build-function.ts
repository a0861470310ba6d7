import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { functionArchive } from './function-archive/function-archive.ts';

/**
 * Writes the archive that the database-migration function is deployed from.
 *
 * Usage: npm run build:function [-- <file>]     default: dist/functions/db_migration.zip
 */
const root = path.resolve(import.meta.dirname, '..');
const file = path.resolve(process.argv[2] ?? path.join(root, 'dist/functions/db_migration.zip'));
const { bytes, sha256 } = await functionArchive(root);
await mkdir(path.dirname(file), { recursive: true });
// Whoever reads meanwhile gets the one before or this one, never half of it.
await writeFile(`${file}.${String(process.pid)}`, bytes);
await rename(`${file}.${String(process.pid)}`, file);
console.log(`${path.relative(process.cwd(), file)}  ${(bytes.length / 1024).toFixed(0)} KB  sha256:${sha256}`);
