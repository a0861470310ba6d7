import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

export interface ServiceBundle {
  /** One ES module that needs nothing but Node. */
  readonly content: Uint8Array;
  /** The shop's own files in it, by their path in the source tree, sorted. */
  readonly sources: readonly string[];
  /** SHA-256, hexadecimal, over the names and contents of these files. */
  readonly sourceRevision: string;
}

// `pg` is CommonJS and asks for Node's modules by `require`, which an ES module does not have.
const requireForCommonJs =
  "import { createRequire as createRequireOfNode } from 'node:module';\n" +
  'const require = createRequireOfNode(import.meta.url);';

/** Bundles one service. Equal sources yield equal bytes: nothing of the machine or the folder gets in. */
export async function bundleService(directory: string, service: string): Promise<ServiceBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: directory,
    entryPoints: [`services/${service}/server.ts`],
    outfile: 'server.mjs',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // Only `pg` with native bindings would need it, and the services do not ask for those.
    external: ['pg-native'],
    banner: { js: requireForCommonJs },
    preserveSymlinks: true,
    legalComments: 'none',
    charset: 'utf8',
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`Bundling ${service} yielded no file.`);
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.startsWith('node_modules/'))
    .sort();
  const revision = createHash('sha256');
  for (const source of sources) {
    revision
      .update(`${source}\0`)
      .update(await readFile(path.join(directory, source)))
      .update('\0');
  }
  return { content: output.contents, sources, sourceRevision: revision.digest('hex') };
}
