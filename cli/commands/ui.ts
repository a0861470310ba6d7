import { z } from 'zod';
import { imageCommands, SERVICE_PORT } from '../../engine/contract/runtime-variables.ts';
import type { CommandContext } from '../command-context.ts';
import { positiveInteger, someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';

const optionsSchema = z.object({ address: z.string(), port: z.number() });

/** `promote ui`: the UI and its API, in the foreground. */
export function addUi(program: PromoteCommand, context: CommandContext): void {
  program
    .command(imageCommands.ui)
    .description(
      'Serves the UI and its API until it is ended: to this machine alone, or to others once people have to sign in (docs/api.md).',
    )
    .example('ui', 'at http://127.0.0.1:8080; npm start serves it as well')
    .example('ui --address 0.0.0.0 --port 80', 'to others, with PROMOTION_IDENTITY set')
    .option('--address <address>', 'an address of this machine', someText, '127.0.0.1')
    .option('--port <number>', 'where it listens', positiveInteger, SERVICE_PORT)
    .runs(optionsSchema, ({ address, port }) => context.local.ui({ context, address, port }));
}
