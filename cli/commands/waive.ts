import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { waiverJson } from '../json/evidence-json.ts';
import { writeJson } from '../json/write-json.ts';
import { expiry } from '../option-expiry.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { waiverLines } from '../render/waiver-lines.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  reason: z.string().optional(),
  expires: z.date().optional(),
  owner: z.string().optional(),
  release: z.string().optional(),
  list: z.boolean().default(false),
  revoke: z.string().optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** `promote waive`: sets one finding aside, lists what is set aside, or ends that. */
export function addWaive(program: PromoteCommand, context: CommandContext): void {
  program
    .command('waive')
    .description(
      'Sets one finding aside by its id, with an owner, a reason and an end; lists or revokes what is set aside.',
    )
    .example('waive shop CVE-2026-1234 --reason "not reachable" --expires 30d', 'for every release, for 30 days')
    .example('waive --revoke wv-1a2b3c4d5e6f --reason "fixed in v3"', 'end it before its time')
    .argument('[application]', 'what is released')
    .argument(
      '[finding]',
      "the finding's id; promote evidence list <application> --release <name> --findings shows them",
    )
    .option('--reason <text>', 'why; kept with the waiver', someText)
    .option(
      '--expires <date>',
      'when it ends: a date (to its end, UTC), an instant, or how long from now (30d, 12h)',
      (text) => expiry(text, context.clock.now()),
    )
    .option('--owner <who>', 'who answers for it; me is whoever asks (default: me)', someText)
    .option('--release <name>', 'only for this release (default: for every one)', someText)
    .option('--list', 'list the waivers, of one application or of all')
    .option('--revoke <id>', 'end a waiver now', someText)
    .speaksFor()
    .json(
      'A waiver: `{ "id", "application", "finding", "owner", "reason", "expiresAt", "release", "createdBy", "createdAt", "state", "revoked" }`, `state` being `valid`, `expired` or `revoked`; with `--list`: `{ "waivers": [ … ] }`.',
    )
    .runs(optionsSchema, async (options, application, finding) => {
      const action = chooseAction(options, application, finding);
      return withInstallation(context, options, (session) => action(context, session));
    });
}

type Action = (context: CommandContext, session: Session) => Promise<number>;

/** @throws UsageError before anything is opened */
function chooseAction(options: Options, application: string | undefined, finding: string | undefined): Action {
  const { reason, expires, owner, release, list, revoke, json } = options;
  const others = { '--expires': expires, '--owner': owner, '--release': release };
  const refuse = (words: string, given: Readonly<Record<string, unknown>>): void => {
    const [unwanted] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
    if (unwanted !== undefined) throw new UsageError(`${words} goes without ${unwanted}`);
  };
  if (list) {
    refuse('--list', { ...others, '--reason': reason, '--revoke': revoke, 'a finding': finding });
    return listAll(application, json);
  }
  if (revoke !== undefined) {
    refuse('--revoke', { ...others, 'an application': application });
    if (reason === undefined) throw new UsageError('--revoke needs --reason');
    return (context, { service, actor }) =>
      show(context, json, `Revoked ${revoke}`, () => service.revokeWaiver(actor, revoke, reason));
  }
  if (application === undefined || finding === undefined) {
    throw new UsageError('name the application and the finding, or say --list or --revoke <id>');
  }
  if (reason === undefined || expires === undefined) {
    throw new UsageError('a waiver needs --reason and --expires, such as --expires 30d');
  }
  return (context, { service, actor }) =>
    show(context, json, `Waived ${finding}`, () =>
      service.waive(actor, {
        application,
        finding,
        reason,
        expiresAt: expires,
        owner: owner === 'me' ? undefined : owner,
        release,
      }),
    );
}

function listAll(application: string | undefined, json: boolean): Action {
  return async ({ terminal, clock }, { service, actor }) => {
    const waivers = await service.waivers(actor, application);
    if (json) writeJson(terminal, { waivers: waivers.map(waiverJson) });
    else terminal.write(`${waiverLines(waivers, clock.now(), terminal.paint).join('\n')}\n`);
    return exitCodes.ok;
  };
}

async function show(
  { terminal, clock }: CommandContext,
  json: boolean,
  title: string,
  change: () => ReturnType<Session['service']['waive']>,
): Promise<number> {
  const waiver = await change();
  if (json) writeJson(terminal, waiverJson(waiver));
  else {
    const lines = [
      `${terminal.paint.green('✔')} ${printable(title)}`,
      ...waiverLines([waiver], clock.now(), terminal.paint),
    ];
    terminal.write(`${lines.join('\n')}\n`);
  }
  return exitCodes.ok;
}
