import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack, type PackedPackage } from './pack.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('what npm pack puts into the package', () => {
  let folder: string;
  let packed: PackedPackage;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'promotion-pack-'));
    packed = await pack(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is compiled code with maps, types, data that code reads, and what tells about it', () => {
    const expected = [
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
      /^dist\/(library|command)\/package\.json$/,
      /^dist\/library\/(constructs|engine)\/.+\.(js|js\.map|d\.ts)$/,
      /^dist\/library\/functions\/db_migration\.zip$/,
      /^dist\/library\/engine\/rules\/promotion-rules\.schema\.json$/,
      /^dist\/command\/(cli|cloudrun-ui\/server|engine|functions|examples\/shop)\/.+\.(js|js\.map)$/,
      /^dist\/command\/engine\/store\/postgres\/migrations\/.+\.sql$/,
    ];
    expect(packed.files.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
    for (const pattern of expected) expect(packed.files.some((file) => pattern.test(file))).toBe(true);
  });

  test('is no test and nothing of the web', () => {
    const refused = /(^|\/)(__tests__|tests?|fixtures|web|node_modules|bench|scripts)\/|\.test\.|\.spec\.|\.tsx/;
    expect(packed.files.filter((file) => refused.test(file))).toEqual([]);
  });

  test('every compiled file of the constructs has its types and its map, with the source in it', async () => {
    const code = packed.files.filter((file) => file.startsWith('dist/library/') && file.endsWith('.js'));
    expect(code.length).toBeGreaterThan(50);
    for (const file of code) {
      expect(packed.files).toContain(file.replace(/\.js$/, '.d.ts'));
      const map = JSON.parse(await readFile(path.join(root, `${file}.map`), 'utf8')) as {
        readonly sources: readonly string[];
        readonly sourcesContent: readonly (string | null)[];
      };
      expect(map.sourcesContent).toHaveLength(map.sources.length);
      expect(map.sourcesContent).not.toContain(null);
    }
  });

  test('asks for no package but those that are installed with it, and for no file that is not in it', async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
    const missing: string[] = [];
    for (const file of packed.files.filter((each) => /\.(js|d\.ts)$/.test(each))) {
      for (const imported of importsOf(await readFile(path.join(root, file), 'utf8'))) {
        if (!isThere(file, imported, installed)) missing.push(`${file} asks for ${imported}`);
      }
    }
    expect(missing).toEqual([]);
  });

  function isThere(file: string, imported: string, installed: readonly string[]): boolean {
    if (imported.startsWith('.')) {
      const place = path.posix.join(path.posix.dirname(file), imported);
      return packed.files.includes(file.endsWith('.d.ts') ? place.replace(/\.js$/, '.d.ts') : place);
    }
    if (imported.startsWith('node:') || builtinModules.includes(imported)) return true;
    return installed.some((name) => imported === name || imported.startsWith(`${name}/`));
  }

  test('what the manifest names is in it', async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly main: string;
      readonly types: string;
      readonly bin: Readonly<Record<string, string>>;
      readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    };
    const named = [
      manifest.main,
      manifest.types,
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((each) => (typeof each === 'string' ? [each] : Object.values(each))),
    ];
    for (const file of named) expect(packed.files).toContain(file.replace(/^\.\//, ''));
  });

  test('is small enough to be no burden', () => {
    expect(existsSync(packed.archive)).toBe(true);
    expect(packed.bytes).toBeLessThan(20e6);
  });
});

/** Of statements at the beginning of a line: code in templates and words in comments are none. */
function importsOf(code: string): readonly string[] {
  const patterns = [
    /^(?:import|export)\b[^'"`;]*?from\s*["'](?<name>[^"'\n]+)["']/gm,
    /^import\s*["'](?<name>[^"'\n]+)["']/gm,
    /^(?:var|const) \w+ = (?:__toESM\()?require\(["'](?<name>[^"'\n]+)["']/gm,
    /\bawait import\(["'](?<name>[^"'\n]+)["']\)/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(({ groups }) => groups?.['name'] ?? ''));
}
