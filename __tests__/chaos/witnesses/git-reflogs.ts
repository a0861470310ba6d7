import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How often the refs below a folder were moved, by what git itself wrote down of each move. */
export async function countMoves(
  repository: string,
  refs: string,
  isCounted: (ref: string) => boolean,
): Promise<number> {
  const folder = join(repository, 'logs', refs);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let moves = 0;
  for (const entry of entries) {
    if (!entry.isFile() || !isCounted(entry.name)) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    moves += text.split('\n').filter((line) => line !== '').length;
  }
  return moves;
}
