import { createHash } from 'node:crypto';
import { bundleFunction } from './bundle-function.ts';
import { functionManifest } from './function-manifest.ts';
import { zip } from './zip.ts';

export interface FunctionArchive {
  readonly bytes: Uint8Array;
  /** Hexadecimal; the same on every machine while code and packages are the same. */
  readonly sha256: string;
}

/**
 * The database-migration function as Cloud Functions takes it.
 * @param root of the project, with its packages installed.
 */
export async function functionArchive(root: string): Promise<FunctionArchive> {
  const bytes = zip(new Map([...(await bundleFunction(root)), ...(await functionManifest(root))]));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
