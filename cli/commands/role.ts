import { z } from 'zod';
import type { RoleBinding } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { person, someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { roleLines, type Owner } from '../render/role-lines.ts';
import type { Session } from '../session.ts';
import { withSession, withInstallation } from '../with-session.ts';

const listSchema = z.object({ as: z.string().optional(), json: z.boolean().default(false) });
const bindingSchema = listSchema.extend({ application: z.string(), env: z.string() });

const bindingShape = 'The binding: `{ "subject", "role", "application", "environment" }`; `*` stands for all.';

/** `promote role`: who holds which role. */
export function addRole(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('role')
    .description('Gives people roles, takes them back, and lists who holds which.')
    .example('role bind ben@shop.example sre --application shop', 'let Ben approve where the rules ask for an SRE')
    .example('role list', 'who holds which role');
  changing(group, context, {
    name: 'bind',
    description: 'Gives a person a role of the engine (viewer, promoter, approver, operator, admin) or of the rules.',
    examples: [
      ['role bind ben@shop.example sre --application shop', 'for one application, in every environment'],
      ['role bind cleo@shop.example approver --env production', 'for one environment, of every application'],
    ],
    opening: withSession,
    change: (session, binding) => session.service.bindRole(session.actor, binding),
    done: 'now holds',
  });
  changing(group, context, {
    name: 'unbind',
    description: 'Takes a role back that was given with `role bind`, for the same application and environment.',
    examples: [
      ['role unbind ben@shop.example sre --application shop', 'take back what was given for shop'],
      ['role unbind cleo@shop.example approver --env production', 'take back what was given for production'],
    ],
    opening: withInstallation,
    change: (session, binding) => session.service.unbindRole(session.actor, binding),
    done: 'no longer holds',
  });
  group
    .command('list')
    .description(
      'Lists who holds which role: given with `role bind`, listed in the rules, or had by whoever opens the database himself.',
    )
    .example('role list', 'by role, then by person')
    .example('role list --json', 'the same, for a program')
    .speaksFor()
    .json(
      '`{ "bindings": [ … ], "listed": [ { "role", "people" } ], "owner": { "person", "roles", "why" } }`; `owner` is null with `--as`; each binding as `role bind` prints it.',
    )
    .runs(listSchema, ({ json, as }) =>
      withInstallation(context, { json, as }, async (session) => {
        const holders = await session.service.roles(session.actor);
        const { terminal, invocation } = context;
        const owner = ownerOf(session, context);
        if (json) writeJson(terminal, { ...holders, owner: owner ?? null });
        else terminal.write(`${roleLines(holders, owner, invocation, terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}

/** Whoever asks for himself, and has roles by that alone. */
function ownerOf({ actor }: Session, { environment }: CommandContext): Owner | undefined {
  if (actor.via !== 'cli' || actor.roles.length === 0) return undefined;
  const isLocal = (environment['DATABASE_URL'] ?? '') === '';
  const why = isLocal ? 'owner of this machine, local mode' : 'opens the database of the installation';
  return { person: actor.id, roles: actor.roles, why };
}

interface Changing {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly (readonly [words: string, purpose: string])[];
  /** A role that is given may be the first thing that there is. */
  readonly opening: typeof withInstallation;
  /** @returns the binding as it was understood. */
  readonly change: (session: Session, binding: RoleBinding) => Promise<RoleBinding>;
  /** Stands between the person and the role. */
  readonly done: string;
}

function changing(group: PromoteCommand, context: CommandContext, { name, ...what }: Changing): void {
  const command = group.command(name).description(what.description);
  for (const [words, purpose] of what.examples) command.example(words, purpose);
  command
    .argument('<person>', 'an e-mail address or an account name', person)
    .argument('<role>', 'a role')
    .option('--application <name>', 'only for this application', someText, '*')
    .option('--env <environment>', 'only for this environment, by name or alias', someText, '*')
    .speaksFor()
    .json(bindingShape)
    .runs(bindingSchema, ({ application, env, json, as }, subject = '', role = '') =>
      what.opening(context, { json, as }, async (session) => {
        const binding = await what.change(session, { subject, role, application, environment: env });
        const { terminal } = context;
        const place = `${allOr(binding.application, 'every application')} in ${allOr(binding.environment, 'every environment')}`;
        if (json) writeJson(terminal, binding);
        else terminal.write(`${printable(`${subject} ${what.done} ${role} for ${place}`)}.\n`);
        return exitCodes.ok;
      }),
    );
}

function allOr(name: string, all: string): string {
  return name === '*' ? all : name;
}
