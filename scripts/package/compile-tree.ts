import path from 'node:path';
import { build, type Plugin } from 'esbuild';

export interface CompiledTree {
  /** Of the project: what entries and their imports are relative to. */
  readonly root: string;
  /** Files that are called from outside; whatever they import comes along. */
  readonly entries: readonly string[];
  /** Where the tree is written, each file where its source is below the root. */
  readonly into: string;
  readonly format: 'cjs' | 'esm';
}

/**
 * Compiles TypeScript file by file, with source maps, for the oldest Node that the package supports. The files keep their
 * places: several find others beside themselves.
 * @returns paths of the sources, relative to the root, sorted.
 */
export async function compileTree({ root, entries, into, format }: CompiledTree): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: into,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const sources = Object.keys(metafile.inputs).sort();
  await build({
    absWorkingDir: root,
    entryPoints: sources,
    outbase: root,
    outdir: into,
    bundle: true,
    plugins: [eachFileByItself],
    platform: 'node',
    format,
    target: 'node22',
    keepNames: true,
    sourcemap: true,
    logLevel: 'silent',
    ...(format === 'cjs' ? moduleAddress : {}),
  });
  return sources;
}

/** CommonJS has no `import.meta`. */
const moduleAddress = {
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "'use strict'; const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
} as const;

/** Leaves every import where it is, and names what was compiled instead of its source. */
const eachFileByItself: Plugin = {
  name: 'each file by itself',
  setup(compilation) {
    compilation.onResolve({ filter: /.*/ }, ({ path: imported, kind }) => {
      if (kind === 'entry-point') return undefined;
      const isOurs = imported.startsWith('.') && path.extname(imported) === '.ts';
      return { path: isOurs ? imported.replace(/\.ts$/, '.js') : imported, external: true };
    });
  },
};
