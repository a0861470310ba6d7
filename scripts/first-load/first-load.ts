import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A file that a browser loads, with what travels for it. */
export interface LoadedFile {
  /** Below the web's folder. */
  readonly path: string;
  /** As `gzip -9` makes it. */
  readonly bytes: number;
}

/**
 * What a browser loads before the first page stands: the page itself, the scripts and styles that it names, and whatever
 * those import statically. What is imported later, when somebody goes there, is no part of it.
 * @param folder the built web, with `index.html`.
 * @returns the largest first.
 */
export async function firstLoad(folder: string): Promise<readonly LoadedFile[]> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const scripts = [...scriptsOf(page)];
  const paths = new Set(['index.html', ...scripts, ...stylesOf(page), ...(await importedBy(folder, scripts))]);
  const files = await Promise.all(
    [...paths].map(async (path) => ({ path, bytes: gzippedBytes(await readFile(join(folder, path))) })),
  );
  return files.toSorted((one, other) => other.bytes - one.bytes);
}

function gzippedBytes(content: Buffer): number {
  return gzipSync(content, { level: constants.Z_BEST_COMPRESSION }).length;
}

function scriptsOf(page: string): readonly string[] {
  return tagsOf(page, 'script').flatMap(({ src }) => (src === undefined ? [] : [src]));
}

/** Styles, and scripts that the page has loaded ahead. */
function stylesOf(page: string): readonly string[] {
  return tagsOf(page, 'link').flatMap(({ rel, href }) =>
    href !== undefined && ['stylesheet', 'modulepreload'].includes(rel ?? '') ? [href] : [],
  );
}

/** The attributes of every tag of a name, with paths as they are below the folder. */
function tagsOf(page: string, name: string): readonly Readonly<Record<string, string | undefined>>[] {
  return [...page.matchAll(new RegExp(`<${name}\\s([^>]*)>`, 'gi'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([a-z-]+)="([^"]*)"/gi)].map(([, key = '', value = '']) => [
        key,
        value.replace(/^\//, ''),
      ]),
    ),
  );
}

/** Follows static imports through what the bundler wrote. */
async function importedBy(folder: string, scripts: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [...scripts],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    outdir: 'out',
    logLevel: 'silent',
  });
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: imported, kind } of metafile.inputs[path]?.imports ?? []) {
      if (kind === 'import-statement') follow(imported);
    }
  };
  for (const script of scripts) follow(script);
  return [...found];
}
