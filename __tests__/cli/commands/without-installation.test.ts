import { buildProgram } from '../../../cli/program.ts';
import type { PromoteCommand } from '../../../cli/promote-command.ts';
import { SetupError } from '../../../cli/setup-error.ts';
import { record } from '../support/recorded-command.ts';
import { silentContext } from '../support/silent-context.ts';

/** What may be done first of all, on a machine where there is nothing yet; and `release create`, which reads its file before. */
const makesTheFirst = [
  'promote adopt',
  'promote freeze',
  'promote hold',
  'promote release assemble',
  'promote role bind',
];

function everyCommand(command: PromoteCommand): readonly PromoteCommand[] {
  return command.below.length === 0 ? [command] : command.below.flatMap(everyCommand);
}

const program = buildProgram(
  silentContext(() => undefined),
  () => undefined,
);
const examples = everyCommand(program).flatMap((command) =>
  command.examples.map(({ words }) => ({ name: command.fullName, words })),
);
const nothingThere = () =>
  Promise.reject(new SetupError('There is no installation in /home/ana/.promotion yet', 'npm start makes one'));

/** The words of an example as a shell gives them to a program. */
function typed(words: string): readonly string[] {
  return (words.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
}

describe('where nothing was ever started', () => {
  it('only what may come first makes an installation, whatever else is typed', async () => {
    const makers = new Set<string>();
    const others = new Set<string>();
    for (const { name, words } of examples) {
      const { opened } = await record(typed(words), { session: nothingThere });
      for (const { needsInstallation = false } of opened) (needsInstallation ? others : makers).add(name);
    }
    expect([...makers].toSorted()).toEqual(makesTheFirst);
    const asked = ['doctor', 'approve', 'reject', 'cancel', 'retry', 'rollback', 'resume', 'note', 'check', 'status'];
    expect([...others]).toEqual(expect.arrayContaining(asked.map((name) => `promote ${name}`)));
  });

  it('says so with what to type, and with the exit code of what cannot be used', async () => {
    const refused = 'error: There is no installation in /home/ana/.promotion yet\nnpm start makes one\n';
    for (const words of ['approve pr-1', 'reject pr-1 --comment no', 'cancel pr-1 --reason no']) {
      const { exitCode, out, errors } = await record(typed(words), { session: nothingThere });
      expect([words, exitCode, out, errors]).toEqual([words, 1, '', refused]);
    }
  });

  it('has doctor tell it as what is wrong', async () => {
    const { exitCode, out } = await record(['doctor', '--json'], { session: nothingThere });
    expect([exitCode, JSON.parse(out)]).toEqual([
      1,
      {
        ok: false,
        findings: [
          {
            subject: 'engine',
            level: 'fail',
            detail: 'There is no installation in /home/ana/.promotion yet',
            remedy: 'npm start makes one',
          },
        ],
      },
    ]);
  });
});
