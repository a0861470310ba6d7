import type { Migration } from '../release.ts';

const statement = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([a-z_][a-z0-9_$]*))/gi;
const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g;

/** The extensions that expand migrations create, which need not be there before them. */
export function createdExtensions(migrations: readonly Pick<Migration, 'kind' | 'up'>[]): readonly string[] {
  return migrations
    .filter(({ kind }) => kind === 'expand')
    .flatMap(({ up }) =>
      [...up.replaceAll(comments, ' ').matchAll(statement)].map(
        ([, quoted, plain]) => quoted ?? (plain ?? '').toLowerCase(),
      ),
    );
}
