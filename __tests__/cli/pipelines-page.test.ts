import { readFile } from 'node:fs/promises';
import { buildProgram } from '../../cli/program.ts';
import type { PromoteCommand } from '../../cli/promote-command.ts';
import { silentContext } from './support/silent-context.ts';

const page = await readFile(new URL('../../docs/pipelines.md', import.meta.url), 'utf8');
const typed = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => /^ *promote (?!\(\))([^|>#]*)/.exec(line)?.[1]?.trim())
  .filter((words) => words !== undefined);

describe('the page that walks the documented pipelines', () => {
  it.each(['dev-staging-canary-production', 'quikapp', 'image-promotion', 'dev-to-staging'])('starts %s', (rules) => {
    expect(typed).toContainEqual(expect.stringContaining(`local start --rules examples/rules/${rules}.yaml`));
  });

  it('types only commands and options that there are', () => {
    const program = buildProgram(
      silentContext(() => undefined),
      () => undefined,
    );
    const unknown = typed.filter((line) => {
      let command: PromoteCommand = program;
      const words = line.split(' ');
      for (const word of words) command = command.below.find((each) => each.name() === word) ?? command;
      const options = words.filter((word) => word.startsWith('--'));
      return command === program || options.some((word) => !command.options.some(({ long }) => long === word));
    });
    expect(typed.length).toBeGreaterThan(40);
    expect(unknown).toEqual([]);
  });

  it.each(['--as quinn', '--hotfix', 'rollback ', 'validate ', 'reject ', '--force'])('shows %s', (what) => {
    expect(typed).toContainEqual(expect.stringContaining(what));
  });
});
