import { instantText, type WaiverView } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** Waivers a line each, newest first. */
export function waiverLines(waivers: readonly WaiverView[], now: Date, paint: Paint): readonly string[] {
  if (waivers.length === 0) return ['Nothing is waived.'];
  return table(
    waivers.map((waiver) => [
      { text: printable(waiver.finding), paint: paint.bold },
      printable(`${waiver.application}${waiver.release === undefined ? '' : ` ${waiver.release}`}`),
      stateCell(waiver, now, paint),
      `by ${printable(waiver.owner)}`,
      printable(waiver.reason),
      { text: printable(waiver.id), paint: paint.dim },
    ]),
  );
}

function stateCell(waiver: WaiverView, now: Date, paint: Paint) {
  switch (waiver.state) {
    case 'valid':
      return { text: `until ${instantText(waiver.expiresAt)}`, paint: paint.green };
    case 'expired':
      return { text: `ended ${formatAge(waiver.expiresAt, now)}`, paint: paint.dim };
    case 'revoked':
      return {
        text: printable(`revoked by ${waiver.revoked?.by ?? 'unknown'}: ${waiver.revoked?.reason ?? ''}`),
        paint: paint.dim,
      };
  }
}
