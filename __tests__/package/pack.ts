import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

const packedSchema = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string(), size: z.number() })) }),
]);

export interface PackedPackage {
  readonly archive: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Packs what `npm run build` wrote. @param into a folder that is there. */
export async function pack(into: string): Promise<PackedPackage> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const [{ filename, files }] = packedSchema.parse(JSON.parse(stdout));
  return {
    archive: path.join(into, filename),
    files: files.map((each) => each.path),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}
