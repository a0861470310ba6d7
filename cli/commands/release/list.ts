import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { releaseJson } from '../../json/release-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { releaseListLines } from '../../render/release-lines.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote release list`: what there is to promote. */
export function addReleaseList(group: PromoteCommand, context: CommandContext): void {
  group
    .command('list')
    .description('Lists the releases of an application, newest first.')
    .example('release list shop', 'what there is to promote')
    .example('release list shop --json', 'with their whole content')
    .argument('<application>', 'what is released')
    .json('`{ "releases": [ … ] }`, each a release.')
    .runs(optionsSchema, ({ json }, application = '') =>
      withInstallation(context, json, async ({ service, actor }) => {
        const releases = await service.releases(actor, application);
        const { terminal, clock } = context;
        if (json) writeJson(terminal, { releases: releases.map(releaseJson) });
        else terminal.write(`${releaseListLines(releases, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
