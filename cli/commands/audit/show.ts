import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { eventJson } from '../../json/event-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { auditEntryLines } from '../../render/audit-lines.ts';
import { SetupError } from '../../setup-error.ts';
import { withInstallation } from '../../with-session.ts';

/** In a file nothing wraps, and somebody may search it. */
const columnsInFile = 200;

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote audit show`: every entry of a promotion's chain. */
export function addAuditShow(group: PromoteCommand, context: CommandContext): void {
  const { terminal } = context;
  group
    .command('show')
    .description('Shows every entry of the audit trail of a promotion; times are UTC.')
    .example('audit show pr-7f3a', 'number, time, the beginning of the hash, who, and what happened')
    .example('audit show pr-7f3a --json', 'entries in full, from which the hashes can be computed again')
    .argument('<promotion>', 'its id')
    .json('`{ "promotionId", "entries": [ { "seq", "at", "type", "actor", "data", "previousHash", "hash" } ] }`.')
    .runs(optionsSchema, ({ json }, promotionId = '') =>
      withInstallation(context, json, async (session) => {
        const events = await session.service.events(session.actor, promotionId);
        // That it was asked for is the first entry of every one.
        if (events.length === 0) {
          throw new SetupError(
            `the audit trail has no entry of ${promotionId}, though every promotion begins with one: they were removed`,
            'promote audit verify compares the trail with what was signed; keep the database and the signed heads as they are',
          );
        }
        if (json) writeJson(terminal, { promotionId, entries: events.map(eventJson) });
        else terminal.write(`${auditEntryLines(events, columnsOf(terminal), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}

function columnsOf(terminal: CommandContext['terminal']): number {
  return terminal.isInteractive ? terminal.size().columns : columnsInFile;
}
