import { z } from 'zod';
import type { Adoption } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { padTo } from '../display-width.ts';
import { readGuideVariables } from '../environment-variables/guide-variables.ts';
import { exitCodes } from '../exit-code.ts';
import { adoptionJson } from '../json/adoption-json.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { showingWait, withSession } from '../with-session.ts';

const optionsSchema = z.object({
  env: z.string(),
  as: z.string().optional(),
  release: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote adopt`: takes over what runs already. */
export function addAdopt(program: PromoteCommand, context: CommandContext): void {
  program
    .command('adopt')
    .description('Records what already runs in an environment as its verified baseline, to which rollbacks return.')
    .example('adopt shop --env production', 'read it from the environment itself, and make a release of it')
    .example('adopt shop --env production --release 2026.11.1', 'the same under a name, which must be of these images')
    .argument('[application]', 'what runs there (default: PROMOTE_APPLICATION, else the only one)')
    .needs('--env <environment>', 'where it runs, by name or alias', someText)
    .option('--release <name>', 'what to call it (default: as the environment calls it)', someText)
    .speaksFor()
    .json(
      '`{ "application", "environment", "release", "digest", "isNew", "images": [ { "service", "image", "digest" } ], "configurationCommit", "schemaVersion", "flags" }`.',
    )
    .runs(optionsSchema, ({ as, env, release, json }, word) => {
      const { PROMOTE_APPLICATION } = readGuideVariables(context.environment, ['PROMOTE_APPLICATION']);
      const request = { application: word ?? PROMOTE_APPLICATION, environment: env, release };
      return withSession(
        context,
        { json, as },
        async (session) => {
          const adoption = await showingWait(context, json, 'reading what runs there', () =>
            session.service.adoptRunning(session.actor, request),
          );
          const { terminal } = context;
          if (json) writeJson(terminal, adoptionJson(adoption));
          else terminal.write(`${adoptionLines(adoption).join('\n')}\n`);
          return exitCodes.ok;
        },
        { needsRules: true },
      );
    });
}

function adoptionLines({
  environment,
  release,
  isNew,
  configurationCommit,
  schemaVersion,
}: Adoption): readonly string[] {
  const row = (title: string, text: string): string => `  ${padTo(title, 17)}${printable(text)}`;
  const { images, flags } = release.content;
  return [
    `${printable(release.application)} ${printable(release.name)} is the baseline of ${printable(environment)}, verified from now on`,
    ...images.map(({ service, digest }, index) =>
      row(index === 0 ? 'images' : '', `${service}  ${digest.slice(0, 19)}`),
    ),
    row('configuration', configurationCommit.slice(0, 7)),
    row('database', schemaVersion === undefined ? 'none' : `schema ${String(schemaVersion)}`),
    row('flags', flags.length === 0 ? 'none' : flags.map(({ key }) => key).join(', ')),
    row('release', isNew ? 'made of what runs' : 'known before'),
  ];
}
