import { z } from 'zod';
import {
  isEndState,
  NothingToDoError,
  RefusedError,
  type CompleteRequest,
  type PromotionRequest,
  type PromotionView,
} from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { unlessInterrupted } from './interruption.ts';
import { LiveLine } from './live-line.ts';
import type { Session } from './session.ts';

const lookEveryMs = 200;

/** One requirement as it is now. */
export interface Check {
  /** A gate, or what else was looked at: `soak`, `images`, `conditions`. */
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'warn';
  /** One line: what was found against what is asked. */
  readonly detail: string;
}

/** What a promotion would find and do, had it been asked for now. */
export interface LookAhead {
  readonly request: CompleteRequest;
  /** The dry run; undefined when it was refused before it began, for what the checks say. */
  readonly view: PromotionView | undefined;
  readonly checks: readonly Check[];
  /**
   * Whether everything that can be checked beforehand is met; `nothing-to-do` when the release runs there already, `unknown`
   * when the look broke off.
   */
  readonly outcome: 'met' | 'nothing-to-do' | 'unmet' | 'unknown';
  /** Why there is nothing to do. */
  readonly nothingToDo?: string;
}

/**
 * Asks for a dry run and waits until it has looked at everything; nothing is changed by it. What is refused beforehand for a
 * requirement is one that is not met, like those that are looked at.
 * @returns undefined when somebody did not want to wait for the end; it is stopped then.
 */
export async function lookAhead(
  context: CommandContext,
  session: Session,
  request: CompleteRequest & Pick<PromotionRequest, 'configuration'>,
  isJson: boolean,
): Promise<LookAhead | undefined> {
  const asked = await ask(session, request);
  return 'outcome' in asked ? asked : follow(context, session, request, asked.promotionId, isJson);
}

async function ask(
  { service, actor }: Session,
  request: CompleteRequest & Pick<PromotionRequest, 'configuration'>,
): Promise<{ readonly promotionId: string } | LookAhead> {
  try {
    return { promotionId: await service.run(actor, { ...request, isDryRun: true }) };
  } catch (error) {
    const without = { request, view: undefined };
    if (error instanceof NothingToDoError) {
      return { ...without, checks: [], outcome: 'nothing-to-do', nothingToDo: error.message };
    }
    if (!(error instanceof RefusedError) || !error.isRequirement) throw error;
    return { ...without, checks: [{ name: 'conditions', verdict: 'fail', detail: error.message }], outcome: 'unmet' };
  }
}

async function follow(
  context: CommandContext,
  session: Session,
  request: CompleteRequest,
  promotionId: string,
  isJson: boolean,
): Promise<LookAhead | undefined> {
  const { service, actor } = session;
  const line = new LiveLine(context.terminal);
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  try {
    for (;;) {
      const view = await unlessInterrupted(async () => {
        await session.tick().catch(() => undefined);
        return service.view(actor, promotionId);
      }, signal);
      if (view === 'interrupted') {
        await service.cancel(actor, promotionId, 'nobody waits for the answer any more');
        return undefined;
      }
      if (isEndState(view.promotion.state)) return toLookAhead(request, view);
      if (!isJson) line.show('  … looking at every requirement');
      await context.clock.sleep(lookEveryMs, signal);
    }
  } finally {
    line.clear();
  }
}

function toLookAhead(request: CompleteRequest, view: PromotionView): LookAhead {
  const { state, failure } = view.promotion;
  const checks = checksOf(view);
  if (state === 'COMPLETED_SUCCESSFULLY') return { request, view, checks, outcome: 'met' };
  if (checks.some(({ verdict }) => verdict === 'fail')) return { request, view, checks, outcome: 'unmet' };
  const name = failure === undefined ? 'conditions' : (checkNames.get(failure.step) ?? failure.step);
  const detail = failure?.error.message ?? `it ended as ${state}`;
  const outcome = failure?.requirementsNotMet === true ? 'unmet' : 'unknown';
  return { request, view, checks: [...checks, { name, verdict: 'fail', detail }], outcome };
}

/** Steps that are themselves one check. */
const checkNames: ReadonlyMap<string, string> = new Map([
  ['validate-artifacts', 'images'],
  ['validate-conditions', 'conditions'],
]);

const judgedSchema = z.looseObject({
  gates: z.array(z.looseObject({ gate: z.string(), verdict: z.enum(['pass', 'fail', 'warn']), detail: z.string() })),
});

function checksOf({ promotion }: PromotionView): readonly Check[] {
  return promotion.steps.flatMap(({ name, status, summary, output }): readonly Check[] => {
    const judged = judgedSchema.safeParse(output);
    if (judged.success) return judged.data.gates.map(({ gate, verdict, detail }) => ({ name: gate, verdict, detail }));
    const check = checkNames.get(name);
    return check !== undefined && status === 'done' ? [{ name: check, verdict: 'pass', detail: summary ?? '' }] : [];
  });
}
