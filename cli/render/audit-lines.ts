import { actorText, type ChainedEvent } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { AuditVerification } from '../session.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

const hashDigits = 12;

/** Number, time, who, what happened, and the beginning of the hash. */
export function auditEntryLines(events: readonly ChainedEvent[], paint: Paint): readonly string[] {
  if (events.length === 0) return ['There is no entry.'];
  return table(
    events.map(({ seq, at, actor, type, data, hash }) => [
      String(seq).padStart(4),
      at.toISOString(),
      printable(actorText(actor)),
      printable(`${type}${about(data)}`),
      { text: printable(hash.slice(0, hashDigits)), paint: paint.dim },
    ]),
  );
}

/** The step or state an entry is about, so that a list of forty entries can be read. */
function about(data: ChainedEvent['data']): string {
  const { step, from, to, kind, reason } = data;
  if (typeof step === 'string') return ` ${step}`;
  if (typeof from === 'string' && typeof to === 'string') return ` ${from} → ${to}`;
  // What was set aside, or left to be done.
  const what = typeof kind === 'string' ? ` ${kind}` : '';
  return typeof reason === 'string' ? `${what} (${reason})` : what;
}

export function auditVerificationLines(verification: AuditVerification, paint: Paint): readonly string[] {
  const { findings, chains, entries, pruned, signedUpTo } = verification;
  const looked = `${count(chains, 'chain', 'chains')}, ${count(entries, 'entry', 'entries')}`;
  const signed = signedUpTo === undefined ? 'nothing is signed yet' : `signed up to ${signedUpTo.toISOString()}`;
  const gone = pruned === 0 ? '' : `; ${count(pruned, 'chain', 'chains')} pruned behind signed checkpoints`;
  if (findings.length === 0) return [`${paint.green('✔')} ${looked} verified; ${signed}${gone}`];
  return [
    ...findings.map(({ promotionId, seq, problem }) => {
      const place = seq === undefined ? printable(promotionId) : `${printable(promotionId)} entry ${String(seq)}`;
      return `${paint.red('✖')} ${place}: ${printable(problem)}`;
    }),
    '',
    `${count(findings.length, 'finding', 'findings')} in ${looked}; ${signed}.`,
    'The trail is not what was written. Keep the database and the signed heads as they are, and compare with a backup.',
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
