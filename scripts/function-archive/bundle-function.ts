import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

/** What the platform provides under its own name, and what `pg` asks for and does without. */
const external = ['@google-cloud/functions-framework', 'pg-native'];

/** The function, and the thread that it starts from a file beside its own. */
const entryPoints = {
  index: 'functions/db-migration/index.ts',
  'pg-dump-worker': 'functions/db-migration/schema/pg-dump-worker.ts',
};

/** Packages that are CommonJS ask for Node's own modules by `require`, which an ES module does not have. */
const banner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/**
 * The function's code with everything it needs but the functions framework, as files that lie side by side.
 * @param root of the project.
 */
export async function bundleFunction(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    external,
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: banner },
    // Names in the code are relative to the root then, wherever the packages really lie.
    preserveSymlinks: true,
    legalComments: 'inline',
    logLevel: 'silent',
  });
  const files = new Map(outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]));
  files.set('pg_dump.wasm', await readFile(pgDumpFile(root)));
  return files;
}

/** pg_dump itself, which its wrapper looks for beside the file that it is in. */
function pgDumpFile(root: string): string {
  const entry = createRequire(path.join(root, 'package.json')).resolve('@electric-sql/pglite-tools/pg_dump');
  return path.join(path.dirname(entry), 'pg_dump.wasm');
}
