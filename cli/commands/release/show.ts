import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { releaseViewJson } from '../../json/release-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { releaseLines } from '../../render/release-lines.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({ json: z.boolean().default(false) });

/** `promote release show`: one release in full. */
export function addReleaseShow(group: PromoteCommand, context: CommandContext): void {
  group
    .command('show')
    .description('Shows what is in a release, where it runs, and the evidence about it.')
    .example('release show shop v2', 'images, configuration, migrations, flags, source and evidence')
    .example('release show shop v2 --json', 'the same, for a program')
    .argument('<application>', 'what is released')
    .argument('<name>', 'the release')
    .json(
      'A release with `"evidence": [ { "id", "collectedAt", "source", "sourceCommit", "fact" } ]` and `"runsIn": [ { "environment", "isVerified", "since" } ]`.',
    )
    .runs(optionsSchema, ({ json }, application = '', name = '') =>
      withInstallation(context, json, async ({ service, actor }) => {
        const view = await service.release(actor, application, name);
        const { terminal, clock } = context;
        if (json) writeJson(terminal, releaseViewJson(view));
        else terminal.write(`${releaseLines(view, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
