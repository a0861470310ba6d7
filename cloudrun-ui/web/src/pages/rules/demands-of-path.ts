import { formatDuration } from '../../time/format-duration.ts';
import type { RulesPath } from './rules-query.ts';

/** One thing that a path demands, in words. */
export interface Demand {
  readonly subject: string;
  readonly words: string;
}

/** Everything that a path demands, in the order in which a promotion meets it. */
export function demandsOf(path: RulesPath): readonly Demand[] {
  return [
    ...path.gates.map(({ gate, settings }) => ({ subject: gate, words: settingsInWords(settings) })),
    ...(path.checklist.items === 0
      ? []
      : [
          {
            subject: 'checklist',
            words: `${count(path.checklist.items, 'item')}, ${String(path.checklist.tickedByGates)} of them ticked by gates`,
          },
        ]),
    ...path.approvals.map(({ name, minimumApprovals }) => ({
      subject: 'approval',
      words: `${name}: ${count(minimumApprovals, 'yes', 'yeses')}`,
    })),
    ...(path.soakSeconds === 0
      ? []
      : [{ subject: 'soak', words: `${formatDuration(path.soakSeconds * 1000)} in ${path.from} before it goes on` }]),
    ...path.windows.map(({ kind }) => ({ subject: 'window', words: kind })),
    ...(path.canary === null ? [] : [{ subject: 'canary', words: settingsInWords(path.canary) }]),
    ...(path.bakeSeconds === 0
      ? []
      : [{ subject: 'bake', words: `watched for ${formatDuration(path.bakeSeconds * 1000)} after deployment` }]),
  ];
}

function settingsInWords(settings: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(settings).map(([name, value]) => `${inWords(name)} ${plain(value)}`);
  return told.length === 0 ? 'as it is by default' : told.join(', ');
}

/** `maxHigh` → `max high` */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : several}`;
}
