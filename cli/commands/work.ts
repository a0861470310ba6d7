import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { positiveInteger, seconds } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  promotion: z.string().optional(),
  run: z.string().optional(),
  linger: z.number().optional(),
  concurrency: z.number().optional(),
});

/** `promote work`: what executors start; people need not know it. */
export function addWork(program: PromoteCommand, context: CommandContext): void {
  program
    .command('work', { hidden: true })
    .description('Runs due promotions in this process until nothing is due; executors start it.')
    .example('work --promotion pr-7f3a', 'run one promotion')
    .example('work --linger 5', 'run whatever is due, and stay 5 s for more')
    .option('--promotion <id>', 'only this promotion')
    .option('--run <id>', 'the run that was handed out, for the logs')
    .option('--linger <seconds>', 'how long to stay when nothing is due', seconds)
    .option('--concurrency <number>', 'promotions run side by side', positiveInteger)
    .runs(optionsSchema, ({ promotion, run, linger, concurrency }) =>
      withInstallation(context, true, async (session) => {
        await session.runWorker({
          ...(promotion === undefined ? {} : { promotionId: promotion }),
          ...(run === undefined ? {} : { runId: run }),
          ...(linger === undefined ? {} : { lingerSeconds: linger }),
          ...(concurrency === undefined ? {} : { concurrency }),
        });
        return exitCodes.ok;
      }),
    );
}
