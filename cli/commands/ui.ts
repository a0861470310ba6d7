import { z } from 'zod';
import { imageCommands, imageVariables, SERVICE_PORT } from '../../engine/contract/runtime-variables.ts';
import type { CommandContext } from '../command-context.ts';
import { positiveInteger, someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { SetupError } from '../setup-error.ts';

const optionsSchema = z.object({ address: z.string().optional(), port: z.number().optional() });
const thisMachine = '127.0.0.1';

/** `promote ui`: the UI and its API, in the foreground; the same on a laptop and in the image. */
export function addUi(program: PromoteCommand, context: CommandContext): void {
  program
    .command(imageCommands.ui)
    .description(
      'Serves the UI and its API until it is ended: to this machine alone, or to others once people have to sign in (docs/api.md).',
    )
    .example('ui', `at http://${thisMachine}:${String(SERVICE_PORT)}; npm start serves it as well`)
    .example('ui --address 0.0.0.0 --port 80', 'to others, with PROMOTION_IDENTITY set')
    .option(
      '--address <address>',
      `an address of this machine (default: ${imageVariables.address}, else ${thisMachine})`,
      someText,
    )
    .option(
      '--port <number>',
      `where it listens (default: ${imageVariables.port}, else ${String(SERVICE_PORT)})`,
      positiveInteger,
    )
    .runs(optionsSchema, ({ address, port }) =>
      context.local.ui({
        context,
        address: address ?? set(context.environment[imageVariables.address]) ?? thisMachine,
        port: port ?? portOf(context.environment),
      }),
    );
}

function portOf(environment: CommandContext['environment']): number {
  const said = set(environment[imageVariables.port]);
  if (said === undefined) return SERVICE_PORT;
  if (/^[1-9]\d{0,4}$/.test(said) && Number(said) < 65_536) return Number(said);
  throw new SetupError(
    `${imageVariables.port} is ${JSON.stringify(said)}, and no port`,
    `set it to a number from 1 to 65535, leave it out, or say --port`,
  );
}

/** An empty variable is how a shell says that it is not set. */
function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
