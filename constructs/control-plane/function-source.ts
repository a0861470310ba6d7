import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hcl } from '../conditions/expression.ts';

/** A zip with the function's code, by content. */
export interface FunctionSource {
  /** Where it lies on this machine; nothing that is deployed depends on it. */
  readonly path: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
}

export type FoundSource =
  { readonly ok: true; readonly source: FunctionSource } | { readonly ok: false; readonly bound: string };

/**
 * Finds the function's source: below the user's folder, then in this package.
 * @param given absolute, or relative to either.
 * @param userFolder where the app runs.
 * @param packageFolder where this package lies.
 */
export function findFunctionSource(given: string, userFolder: string, packageFolder: string): FoundSource {
  // `npm run build:function` writes below dist/, where the package is put together.
  const places = [userFolder, packageFolder, path.join(packageFolder, 'dist')].map((folder) =>
    path.resolve(folder, given),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    return {
      ok: false,
      bound: `must be a file that is there: run \`npm run build:function\`, or name a zip of your own (looked in ${userFolder} and in ${packageFolder})`,
    };
  }
  const sha256 = createHash('sha256').update(readFileSync(found)).digest('hex');
  return { ok: true, source: { path: found, sha256 } };
}

/** A source that Terraform is told: it looks where the user's folder is, then in the module, and makes the hash. */
export function sourceKnownLate(given: string): FunctionSource {
  const path = hcl`(fileexists(${given}) ? ${given} : ${inModule(given)})`.toString();
  return { path, sha256: hcl`filesha256(${path})`.toString() };
}

/** A path below the folder of the module. */
export const inModule = (path: string): string => `${hcl`path.module`.toString()}/${path}`;
