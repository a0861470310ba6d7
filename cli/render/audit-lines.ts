import { instantText, tellEvent, type ChainedEvent } from '../../engine/promotion-service.ts';
import { displayWidth, truncateTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { AuditVerification } from '../session.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

const hashDigits = 12;

/** What happened is cut behind it, and never before: somebody with a small terminal still reads what it is about. */
const shortestText = 30;

/**
 * Number, time, the beginning of the hash, who, and what happened in words. What happened stands last, where its length
 * moves nothing.
 * @param columns how wide a line may become.
 */
export function auditEntryLines(events: readonly ChainedEvent[], columns: number, paint: Paint): readonly string[] {
  const isContract = events.some(({ data }) => typeof data['contractOf'] === 'string');
  const rows = events.map((event) => ({ event, told: tellEvent(event, isContract ? 'contract' : 'promote') }));
  const facts = rows.map(({ event: { seq, at, hash }, told }) => [
    String(seq).padStart(4),
    at.toISOString(),
    { text: printable(hash.slice(0, hashDigits)), paint: paint.dim },
    printable(told.by),
  ]);
  // What the columns before it take up, with a place for what happened at the end.
  const start = Math.max(...table(facts.map((row) => [...row, '|'])).map(displayWidth)) - 1;
  const longest = Math.max(shortestText, columns - start);
  const texts = rows.map(({ event, told }) => printable(`${told.text}${statesText(event)}`));
  const isCut = texts.some((text) => displayWidth(text) > longest);
  return [
    ...table(facts.map((row, index) => [...row, truncateTo(texts[index] ?? '', longest)])),
    ...(isCut ? ['', 'What is cut here is whole in --json.'] : []),
  ];
}

/** The states by their names, behind what they mean. */
function statesText({ data: { from, to }, type }: ChainedEvent): string {
  return type === 'state-changed' && typeof from === 'string' && typeof to === 'string' ? ` (${from} → ${to})` : '';
}

export function auditVerificationLines(verification: AuditVerification, paint: Paint): readonly string[] {
  const { findings, chains, entries, pruned, signedUpTo } = verification;
  const looked = `${count(chains, 'chain', 'chains')}, ${count(entries, 'entry', 'entries')}`;
  const signed = signedUpTo === undefined ? 'nothing is signed yet' : `signed up to ${instantText(signedUpTo)}`;
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
