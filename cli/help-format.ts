import type { Command, Help } from 'commander';
import { padTo } from './display-width.ts';
import { exitCodeMeanings } from './exit-code.ts';
import { PromoteCommand } from './promote-command.ts';

/** One sentence, examples, then arguments, options and commands. */
export function formatHelp(command: Command, helper: Help): string {
  const examples = command instanceof PromoteCommand ? command.examples : [];
  const blocks = [
    helper.commandDescription(command),
    section(
      'Examples',
      examples.map(({ words, purpose }) => [`promote ${words}`, purpose] as const),
    ),
    `Usage: ${helper.commandUsage(command)}`,
    section(
      'Arguments',
      helper
        .visibleArguments(command)
        .map((argument) => [helper.argumentTerm(argument), helper.argumentDescription(argument)] as const),
    ),
    section(
      'Options',
      helper
        .visibleOptions(command)
        .map((option) => [helper.optionTerm(option), helper.optionDescription(option)] as const),
    ),
    section(
      'Commands',
      helper
        .visibleCommands(command)
        .map((each) => [helper.subcommandTerm(each), helper.subcommandDescription(each)] as const),
    ),
    command.parent === null
      ? section(
          'Exit codes',
          exitCodeMeanings.map(([code, meaning]) => [String(code), meaning.replaceAll('`', '')] as const),
        )
      : '',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section(title: string, rows: readonly (readonly [term: string, description: string])[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([term]) => term.length)) + 3;
  return [`${title}:`, ...rows.map(([term, description]) => `  ${padTo(term, width)}${description}`.trimEnd())].join(
    '\n',
  );
}
