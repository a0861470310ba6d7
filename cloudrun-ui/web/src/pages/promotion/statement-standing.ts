import type { MigrationCourse } from './promotion-queries.ts';

export type StatementStanding = 'done' | 'running' | 'waiting' | 'unknown';

/**
 * How far one statement of a migration has come. Which one a migration failed at its error says; and what of a migration
 * outside a transaction is done then, only its database knows.
 * @param number from 1.
 */
export function standingOfStatement(
  { standing, running }: Pick<MigrationCourse, 'standing' | 'running'>,
  number: number,
): StatementStanding {
  switch (standing) {
    case 'applied':
      return 'done';
    case 'waiting':
    case 'taken-back':
      return 'waiting';
    case 'failed':
    case 'unknown':
      return 'unknown';
    case 'running':
      // What runs backwards undoes the statements of another file.
      if (running === null || running.direction === 'down') return 'unknown';
      if (number === running.statement) return 'running';
      return number < running.statement ? 'done' : 'waiting';
  }
}
