import { buildProgram } from '../../cli/program.ts';
import type { PromoteCommand } from '../../cli/promote-command.ts';
import { record } from './support/recorded-command.ts';
import { silentContext } from './support/silent-context.ts';

function everyCommand(command: PromoteCommand): readonly PromoteCommand[] {
  return [command, ...command.below.flatMap(everyCommand)];
}

const commands = everyCommand(
  buildProgram(
    silentContext(() => undefined),
    () => undefined,
  ),
).map((command) => [command.fullName, command] as const);

describe.each(commands)('the help of %s', (_name, command) => {
  it('is one sentence', () => {
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
    expect(command.description()).not.toMatch(/\. [A-Z]/);
  });

  it('has two examples', () => {
    expect(command.examples).toHaveLength(2);
  });
});

describe('a mistake in a command of a group', () => {
  it('is answered with the help of that command', async () => {
    const { errors } = await record(['release', 'create', 'shop', 'v9', '--file', '/nowhere/release.json']);
    expect(errors).toContain('promote release create --help shows how it is typed');
  });
});
