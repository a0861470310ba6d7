import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const framework = '@google-cloud/functions-framework';

const lockedPackageSchema = z.looseObject({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), z.unknown()),
});

type LockedPackage = z.infer<typeof lockedPackageSchema>;

/**
 * `package.json` and `package-lock.json` of the deployed function. Cloud Functions installs what they name with `npm ci`
 * and starts the functions framework from it, which loads `main`; the lock is cut from the project's own, so that what is
 * deployed is what was tested.
 * @param root of the project.
 */
export async function functionManifest(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const lock = lockSchema.parse(JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')));
  const packages = closureOf(lock.packages, framework);
  // Without a version: the function is deployed anew when its code changes, and not with every release of the project.
  const manifest = {
    name: 'db-migration',
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '>=22' },
    dependencies: { [framework]: lockedAt(lock.packages, `node_modules/${framework}`).version },
  };
  const { name, dependencies, engines } = manifest;
  const locked = {
    name,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, dependencies, engines }, ...Object.fromEntries(packages) },
  };
  return new Map([
    ['package.json', jsonFile(manifest)],
    ['package-lock.json', jsonFile(locked)],
  ]);
}

/** A package with everything it depends on, by the place in which npm put it, sorted. */
function closureOf(
  packages: Readonly<Record<string, unknown>>,
  name: string,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const found = new Map<string, LockedPackage>();
  const waiting = [`node_modules/${name}`];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (found.has(place)) continue;
    const locked = lockedAt(packages, place);
    found.set(place, locked);
    for (const dependency of Object.keys(locked.dependencies)) waiting.push(placeOf(packages, place, dependency));
    for (const optional of Object.keys(locked.optionalDependencies)) {
      waiting.push(...[placeFrom(packages, place, optional)].filter((each) => each !== undefined));
    }
  }
  return [...found.keys()].sort().map((place) => {
    // What it is to this project says nothing of what it is to the function.
    const { dev: _dev, peer: _peer, devOptional: _devOptional, ...locked } = packages[place] as Record<string, unknown>;
    return [place, locked];
  });
}

function lockedAt(packages: Readonly<Record<string, unknown>>, place: string): LockedPackage {
  const found = packages[place];
  if (found === undefined) throw new Error(`package-lock.json has no ${place}; run npm install`);
  return lockedPackageSchema.parse(found);
}

function placeOf(packages: Readonly<Record<string, unknown>>, from: string, name: string): string {
  const place = placeFrom(packages, from, name);
  if (place === undefined) throw new Error(`package-lock.json has no ${name}, which ${from} needs; run npm install`);
  return place;
}

/** Where Node would find a package that another one asks for: in its own folder first, then in each above. */
function placeFrom(packages: Readonly<Record<string, unknown>>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') return undefined;
  }
}

function jsonFile(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}
