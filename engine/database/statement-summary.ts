/** What of a statement fits into a line of a log. */
const mostWords = 9;
const mostStatements = 4;

/**
 * What a migration does, a few words a statement, for a log that more people read than the migration: values that it
 * writes are left out.
 */
export function summarizeStatements(sql: string): string {
  const statements = withoutCommentsAndBodies(sql)
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' '))
    .filter((statement) => statement !== '')
    .map(firstWords);
  const more = statements.length - mostStatements;
  return [...statements.slice(0, mostStatements), ...(more > 0 ? [`and ${String(more)} more`] : [])].join('; ');
}

/** Literals and bodies of functions hold semicolons, comments and values. */
function withoutCommentsAndBodies(sql: string): string {
  return sql
    .replaceAll(/\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/g, '…')
    .replaceAll(/'(?:[^']|'')*'/g, '…')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ');
}

function firstWords(statement: string): string {
  const [head = ''] = statement.split(/ ?\(| values | set /i);
  const words = head.split(' ');
  return words.length <= mostWords ? head : `${words.slice(0, mostWords).join(' ')} …`;
}
