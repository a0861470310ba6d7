import { z } from 'zod';
import {
  answersText,
  judgedOutput,
  gatesBeforeDeployment,
  judgeGates,
  overrule,
  refuseFailed,
} from '../gates/judge-gates.ts';
import { judgeHotfixes } from '../gates/judge-hotfixes.ts';
import { findMissingNeeds } from '../needs/find-missing-needs.ts';
import { buildPlanOf } from '../plan/build-plan.ts';
import { defineStep, RequirementsNotMetError } from '../workflow/step-definition.ts';

/** Judges every gate of the path, looks for what the release needs in the target, all even when one fails, and renders the plan. */
export const validateConditions = defineStep({
  name: 'validate-conditions',
  version: 1,
  oldestVersion: 1,
  phase: 'conditions',
  title: 'conditions',
  isOptional: false,
  configSchema: z.object({ soakSeconds: z.number().nonnegative() }),
  async run(context) {
    const { promotion, release, config, ports, queries, clock, effect, log } = context;
    const { definition, application } = promotion;
    const deployed = await queries.deployedReleases(application, definition.source.name);
    const verifiedAt = deployed.find((each) => each.release.id === release.id)?.verifiedAt;
    const entersLane = definition.hotfix?.isEntry === true;
    if (verifiedAt === undefined && !entersLane) {
      throw new RequirementsNotMetError(
        `${release.name} was never verified in ${definition.source.name}; promote it there first`,
      );
    }
    const soakedAt = new Date((verifiedAt ?? clock.now()).getTime() + config.soakSeconds * 1000);
    const detail = `${release.name} must be verified in ${definition.source.name} until ${soakedAt.toISOString()}`;
    const isSoaking = soakedAt > clock.now();
    if (isSoaking && !promotion.isDryRun) {
      return { kind: 'park', reason: 'soak', detail, until: soakedAt, checkpoint: {} };
    }

    // Whoever only looks wants to know all that is missing now, not to wait for one thing after the other.
    const soak = isSoaking ? [{ gate: 'soak', verdict: 'fail', detail, evidence: [] } as const] : [];
    const gates = overrule(context, await judgeGates(context, gatesBeforeDeployment(definition.gates)));
    const answers = [...soak, ...gates, ...(await judgeHotfixes(context))];
    const missing = await findMissingNeeds({ release, definition, ports, signal: effect.signal });
    for (const line of missing) log(`missing ${line}`);
    refuseFailed(answers, missing);

    const { plan, body } = await buildPlanOf(context);
    const obstacles = [...(body.configuration.problems ?? []), body.database?.obstacle ?? []].flat();
    if (obstacles.length > 0) throw new RequirementsNotMetError(obstacles.join('\n'), answers);
    const highlights = answers.map(({ detail }) => detail).join(' · ');
    return {
      kind: 'done',
      summary: `${answersText(answers)}${highlights === '' ? '' : `   ${highlights}`}`,
      output: { ...judgedOutput(answers), planHash: plan.hash },
      records: { plan },
    };
  },
});
