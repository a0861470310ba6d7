import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { eventJson } from '../json/event-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { auditEntryLines, auditVerificationLines } from '../render/audit-lines.ts';
import { showingWait, withSession } from '../with-session.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote audit`: the append-only record of everything that happened. */
export function addAudit(program: PromoteCommand, context: CommandContext): void {
  const { terminal } = context;
  const group = program
    .command('audit')
    .description('Shows and verifies the audit trail, in which every entry is linked to the one before.')
    .example('audit show pr-7f3a', 'everything that happened to a promotion')
    .example('audit verify', 'prove that no entry was changed or removed');
  group
    .command('show')
    .description('Shows every entry of the audit trail of a promotion; times are UTC.')
    .example('audit show pr-7f3a', 'number, time, who, what, and the beginning of the hash')
    .example('audit show pr-7f3a --json', 'entries in full, from which the hashes can be computed again')
    .argument('<promotion>', 'its id')
    .json('`{ "promotionId", "entries": [ { "seq", "at", "type", "actor", "data", "previousHash", "hash" } ] }`.')
    .runs(optionsSchema, ({ json }, promotionId = '') =>
      withSession(context, json, async (session) => {
        const events = await session.service.events(session.actor, promotionId);
        if (json) writeJson(terminal, { promotionId, entries: events.map(eventJson) });
        else terminal.write(`${auditEntryLines(events, terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
  group
    .command('verify')
    .description(
      'Computes every hash again and compares the chains with what was signed; exit code 1 when anything differs.',
    )
    .example('audit verify', 'every chain')
    .example('audit verify --json', 'the same, for a program')
    .json('`{ "ok", "findings": [ { "promotionId", "seq", "problem" } ], "chains", "entries", "signedUpTo" }`.')
    .runs(optionsSchema, ({ json }) =>
      withSession(context, json, async (session) => {
        const verification = await showingWait(context, json, 'computing every hash again', () =>
          session.verifyAudit(),
        );
        const { findings, chains, entries, signedUpTo } = verification;
        const isGood = findings.length === 0;
        if (json) {
          const named = findings.map(({ promotionId, seq, problem }) => ({ promotionId, seq: seq ?? null, problem }));
          writeJson(terminal, { ok: isGood, findings: named, chains, entries, signedUpTo: signedUpTo ?? null });
        } else terminal.write(`${auditVerificationLines(verification, terminal.paint).join('\n')}\n`);
        return isGood ? exitCodes.ok : exitCodes.failed;
      }),
    );
}
