import type { Terminal } from './terminal.ts';

/** Commands as texts propose them; what follows `promote` otherwise is prose. */
export const proposedCommands: readonly string[] = [
  'adopt',
  'approve',
  'audit',
  'cancel',
  'changed',
  'check',
  'close',
  'compare',
  'configuration',
  'doctor',
  'evidence',
  'freeze',
  'history',
  'hold',
  'list',
  'local',
  'logs',
  'metrics',
  'note',
  'plan',
  'reject',
  'release',
  'report',
  'resume',
  'retry',
  'role',
  'rollback',
  'rules',
  'run',
  'runner',
  'status',
  'test',
  'ui',
  'unhold',
  'validate',
  'waive',
  'where',
  'work',
  '--help',
];
const program = 'promote';
const proposal = new RegExp(`(?<![\\w/.-])${program} (?=(?:${proposedCommands.join('|')})(?![\\w-]))`, 'g');

/**
 * A terminal on which every command that a text proposes can be typed as it stands there, however this program was
 * started. @param invocation what is typed in place of `promote`.
 * @param isOutputVerbatim whether what is written to standard output is for programs, or as others wrote it, and stays as
 *   it is; what goes to standard error is for people all the same.
 */
export function typableTerminal(terminal: Terminal, invocation: string, isOutputVerbatim = false): Terminal {
  if (invocation === 'promote') return terminal;
  const typable = (text: string): string => text.replace(proposal, () => `${invocation} `);
  return {
    isInteractive: terminal.isInteractive,
    canAsk: terminal.canAsk,
    paint: terminal.paint,
    size: () => terminal.size(),
    write: (text) => {
      terminal.write(isOutputVerbatim ? text : typable(text));
    },
    writeError: (text) => {
      terminal.writeError(typable(text));
    },
    ask: (question) => terminal.ask(question),
  };
}
