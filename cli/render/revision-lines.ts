import type { Revision } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** What ran in an environment, a line each: number, release, when, by which promotion, and whether it can return. */
export function revisionLines(revisions: readonly Revision[], now: Date, paint: Paint): readonly string[] {
  if (revisions.length === 0) return ['Nothing ran there yet.'];
  return table(
    revisions.map((revision) => {
      const { number, release, deployedAt } = revision;
      const { text, colour } = standingText(revision, paint);
      return [
        String(number).padStart(3),
        printable(release.name),
        formatAge(deployedAt, now),
        broughtText(revision),
        { text, paint: colour },
      ];
    }),
  );
}

function broughtText({ promotionId, returnedBy }: Revision): string {
  if (returnedBy !== undefined) return `back by ${printable(returnedBy)}`;
  return promotionId === undefined ? 'adopted' : printable(promotionId);
}

function standingText({ standing }: Revision, paint: Paint): { text: string; colour: (text: string) => string } {
  switch (standing.kind) {
    case 'running':
      return { text: '● runs now', colour: paint.green };
    case 'possible':
      return { text: `↩ can return: ${schemaText(standing.schema)}`, colour: paint.blue };
    case 'refused':
      return { text: `– ${printable(standing.reason.split('\n')[0] ?? '')}`, colour: paint.dim };
  }
}

function schemaText(schema: Extract<Revision['standing'], { kind: 'possible' }>['schema']): string {
  switch (schema.kind) {
    case 'keep':
      return 'the schema stays';
    case 'revert':
      return `migration ${schema.migrations.map(({ version }) => String(version)).join(', ')} is undone; no row is lost`;
    case 'refuse':
      return printable(schema.reason);
  }
}
