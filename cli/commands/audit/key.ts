import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { SetupError } from '../../setup-error.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote audit key`: what signatures are checked with, to be kept elsewhere. */
export function addAuditKey(group: PromoteCommand, context: CommandContext): void {
  group
    .command('key')
    .description('Prints the public key that signatures of this installation are checked with, to be kept elsewhere.')
    .example('audit key > audit.pem', 'for audit verify --file … --key audit.pem')
    .example('audit key --json', 'with its id')
    .json('`{ "keyId", "pem" }`.')
    .runs(optionsSchema, async ({ json }) => {
      const key = await context.auditFiles.publicKey();
      if (key === undefined) {
        throw new SetupError('nothing was signed here yet, so there is no key', 'promote something, then ask again');
      }
      if (json) writeJson(context.terminal, key);
      else context.terminal.write(key.pem);
      return exitCodes.ok;
    });
}
