import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { releaseJson } from '../../json/release-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import { printable } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { table } from '../../render/table.ts';
import { showingWait, withSession } from '../../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  from: z.string(),
  tag: z.string(),
  image: z.record(z.string(), z.string()).optional(),
  like: z.string().optional(),
  migrations: z.string().optional(),
  json: z.boolean().default(false),
});

const patienceMs = 120_000;

/** `promote release assemble`: makes a release of what a registry holds, only when it is complete. */
export function addReleaseAssemble(group: PromoteCommand, context: CommandContext): void {
  group
    .command('assemble')
    .description(
      'Makes a release of the newest images whose tags match, one for every service; when one is missing, says which and makes nothing.',
    )
    .example('release assemble shop v4 --from dev --tag "v4*"', 'the newest v4 of every image in the registry of dev')
    .example('release assemble shop v4 --from dev --tag v4 --like v3 --migrations migrations', 'the rest as v3 had it')
    .argument('<application>', 'what is released')
    .argument('<name>', 'what the release is called')
    .needs('--from <environment>', 'whose registry holds the images', someText)
    .needs('--tag <filter>', 'which tags are meant; * stands for anything', someText)
    .option(
      '--image <service=image>',
      'an image that is not called <application>-<service>; may be repeated',
      namedImage,
    )
    .option('--like <release>', 'an earlier release that gives configuration, database and flags', someText)
    .option('--migrations <folder>', 'the SQL migrations of the release', someText)
    .speaksFor()
    .json('`{ "release", "images": [ { "service", "image", "tag", "digest" } ] }`.')
    .runs(optionsSchema, ({ as, from, tag, image, like, migrations, json }, application = '', name = '') =>
      withSession(context, { json, as }, async ({ service, actor }) => {
        const { release, images } = await showingWait(context, json, 'looking through the registry', () =>
          service.assembleRelease(
            actor,
            { application, name, from, tag, images: image, like, migrations },
            AbortSignal.timeout(patienceMs),
          ),
        );
        const { terminal } = context;
        if (json) writeJson(terminal, { release: releaseJson(release), images });
        else {
          const rows = images.map((each) => [each.service, `${each.image}:${each.tag}`, each.digest].map(printable));
          const done = `${terminal.paint.green('✔')} ${printable(application)} ${printable(name)}   ${release.digest}`;
          terminal.write(`${[done, ...table(rows, '  ')].join('\n')}\n`);
        }
        return exitCodes.ok;
      }),
    );
}

/** A repository's name as the distribution specification has it: nothing that leads out of the registry. */
const repositoryName = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** @throws InvalidArgumentError */
function namedImage(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [service = '', image = '', ...more] = text.split('=');
  if (service === '' || image === '' || more.length > 0) {
    throw new InvalidArgumentError('It must be <service>=<image>, such as orders=shop/orders.');
  }
  if (image.length > 255 || !repositoryName.test(image)) {
    throw new InvalidArgumentError(
      `${image} is no name of an image: lower-case letters, digits and . _ - between slashes, such as shop/orders.`,
    );
  }
  return { ...before, [service]: image };
}
