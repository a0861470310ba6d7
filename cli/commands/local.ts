import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import type { PromoteCommand } from '../promote-command.ts';

/** `promote local`: the whole of it on one machine, with nothing but Node. */
export function addLocal(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('local')
    .description('Runs everything on this machine: a database, environments and a sample application.')
    .example('local start', 'bring it up and promote a first release')
    .example('local stop', 'stop what start left running');
  group
    .command('start')
    .description(
      'Brings up a database and two environments on this machine, promotes the sample application, and leaves it running.',
    )
    .example('local start', 'the same as npm start')
    .example('local start --json', 'the same, for a program')
    .json('What happens, as JSON lines.')
    .runs(z.object({ json: z.boolean().default(false) }), ({ json }) => context.local.start({ context, isJson: json }));
  group
    .command('stop')
    .description('Stops everything that local start left running; data stays.')
    .example('local stop', 'the same as npm stop')
    .example('local stop && promote local start', 'begin again where it was')
    .runs(z.object({}), () => context.local.stop());
  group
    .command('serve', { hidden: true })
    .description('Is the process behind local mode, in the foreground; local start starts it.')
    .example('local serve', 'until ctrl-C')
    .example('local serve &', 'in the background of this shell')
    .runs(z.object({}), () => context.local.serve());
}
