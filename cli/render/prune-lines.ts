import type { Pruned } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** What was removed, or would be, and what stays although it is as old. */
export function pruneLines({ chains, kept, logs }: Pruned, isRemoved: boolean, paint: Paint): readonly string[] {
  const entries = chains.reduce((sum, { seq }) => sum + seq, 0);
  const what = `${counted(chains.length, 'promotion')} with ${counted(entries, 'entry', 'entries')} of the audit trail`;
  return [
    isRemoved ? `${paint.green('✔')} ${what} removed behind a signed checkpoint.` : `${what} would be removed:`,
    ...table(
      chains.map(({ promotionId, application, environment, seq }) => [
        printable(promotionId),
        `${printable(application)} in ${printable(environment)}`,
        counted(seq, 'entry', 'entries'),
      ]),
      '  ',
    ),
    ...(kept === 0
      ? []
      : [
          `${counted(kept, 'promotion')} as old ${kept === 1 ? 'stays' : 'stay'}: what runs, waits or is left to do needs them.`,
        ]),
    ...(logs === undefined
      ? []
      : [`${counted(logs.lines, 'log line')} of ${counted(logs.promotions, 'promotion')} removed.`]),
    ...(isRemoved ? [] : ['Nothing was removed. Add --yes-delete to remove it.']),
  ];
}

function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
