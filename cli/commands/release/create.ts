import { z } from 'zod';
import { sentenceOf } from '../../../engine/promotion-service.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { releaseJson } from '../../json/release-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import { printable } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { readJsonInput } from '../../read-input.ts';
import { UsageError } from '../../usage-error.ts';
import { withSession } from '../../with-session.ts';

const optionsSchema = z.object({ as: z.string().optional(), file: z.string(), json: z.boolean().default(false) });

/** `promote release create`: stores a release whose content a build wrote down. */
export function addReleaseCreate(group: PromoteCommand, context: CommandContext): void {
  group
    .command('create')
    .description('Stores a release from a JSON document; the same content under the same name again changes nothing.')
    .example('release create shop v4 --file release.json', 'what a build wrote down')
    .example('build-it | promote release create shop v4 --file -', 'from standard input')
    .argument('<application>', 'what is released')
    .argument('<name>', 'what the release is called: v4, 2026.11.1')
    .needs('--file <file>', 'its content: images by digest, configuration, database, flags, source', someText)
    .speaksFor()
    .json('A release: `{ "application", "name", "digest", "content", "createdAt", "createdBy", "bad" }`.')
    .runs(optionsSchema, async ({ as, file, json }, application = '', name = '') => {
      const content = await readJsonInput(file);
      return withSession(context, { json, as }, async ({ service, actor }) => {
        const release = await refusingBadContent(file, () =>
          service.createRelease(actor, { application, name, content }, []),
        );
        const { terminal } = context;
        if (json) writeJson(terminal, releaseJson(release));
        else
          terminal.write(
            `${terminal.paint.green('✔')} ${printable(application)} ${printable(name)}   ${release.digest}\n`,
          );
        return exitCodes.ok;
      });
    });
}

/** What is wrong with the content is told with its place in the document. */
async function refusingBadContent<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const problems = error.issues.map(
      ({ path, message }) => `  ${path.map(String).join('.') || 'the document'}: ${sentenceOf(message)}`,
    );
    throw new UsageError(`${file} is not a release's content:\n${problems.join('\n')}`);
  }
}
