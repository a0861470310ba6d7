import type { PromoteCommand } from '../../cli/promote-command.ts';
import { pick, poisonedText } from './mutate.ts';

/** Words that mean something somewhere, so that a command line gets past its first check now and then. */
const sensible = [
  'shop',
  'v1',
  'v2',
  'dev',
  'qa',
  'staging',
  'production',
  'prod',
  'v9',
  'pr-0000000000',
  '5',
  '2h',
  '14:05',
];

/** Commands that start processes, follow for ever, or ask the world outside, which this test has not. */
const leftOut = new Set([
  'promote local start',
  'promote local stop',
  'promote local serve',
  'promote local bring',
  'promote work',
  'promote adopt',
  'promote compare',
  'promote test',
]);

/** Watching and following end by themselves only when there is something to follow; the others make files by design. */
const notTried = new Set(['--watch', '--follow', '--log', '--out', '--backup-dir']);

export function everyCommand(program: PromoteCommand): readonly PromoteCommand[] {
  const found: PromoteCommand[] = [];
  const visit = (command: PromoteCommand): void => {
    if (command.below.length === 0 && !leftOut.has(command.fullName)) found.push(command);
    for (const each of command.below) visit(each);
  };
  visit(program);
  return found;
}

/** What somebody might type: a command of this program with its options, some of it wrong in some way. */
export function randomWords(commands: readonly PromoteCommand[], random: () => number): readonly string[] {
  const command = pick(commands, random);
  const words = command.fullName.split(' ').slice(1);
  const value = (): string => (random() < 0.6 ? pick(sensible, random) : poisonedText(random));
  for (let count = Math.floor(random() * 3); count > 0; count -= 1) words.push(value());
  for (const option of command.options) {
    const flag = option.long ?? option.short;
    if (flag === undefined || notTried.has(flag) || random() < 0.6) continue;
    words.push(flag);
    if ((option.required || option.optional) && random() < 0.9) words.push(value());
  }
  if (random() < 0.15) words.splice(Math.floor(random() * words.length), 1);
  if (random() < 0.15) words.splice(Math.floor(random() * words.length), 0, value());
  if (random() < 0.1) words.push('--json');
  return words;
}
