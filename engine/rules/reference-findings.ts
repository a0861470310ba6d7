import { canaryFindings } from './canary-findings.ts';
import { closest } from './closest-word.ts';
import { duplicateFindings } from './duplicate-findings.ts';
import { EnvironmentNames } from './environment-names.ts';
import { inheritRequirements } from './inherit-requirements.ts';
import { outlineOf, type Outline, type RequirementOutline, type StageOutline } from './outline.ts';
import { pathFindings, unknownEnvironment } from './path-findings.ts';
import { roleFinding, stageFindings, staffingFindings } from './staffing-findings.ts';
import type { Finding, SettingPath } from './problem.ts';
import { mostEnvironments, mostPaths } from './schema.ts';
import { serviceFindings } from './service-findings.ts';
import { reservedStepNames, stepsOutsideRollback } from './step-names.ts';

/** What is wrong between the parts of a document, each of which may be right in itself. */
export function referenceFindings(document: unknown): readonly Finding[] {
  const outline = outlineOf(document);
  // The schema says that these are too many; what they refer to is not worth the time.
  if (outline.environments.length > mostEnvironments || outline.paths.length > mostPaths) return [];
  const names = new EnvironmentNames(outline.environments);
  return [
    ...duplicateFindings(outline, names),
    ...pathFindings(outline, names),
    ...hotfixFindings(outline, names),
    ...serviceFindings(outline),
    ...freezeFindings(outline, names),
    ...mandatoryFindings(outline, names),
    ...notificationFindings(outline, names),
    ...requirementFindings(outline, outline.defaults, ['defaults']),
    ...outline.hotfix.approvals.flatMap((stage, index) =>
      stageFindings(stage, ['hotfix', 'approvals', index], outline),
    ),
    ...outline.paths.flatMap((path, index) => requirementFindings(outline, path, ['paths', index])),
    ...staffingFindings(document),
    ...canaryFindings(document),
    ...contradictionsAfterInheritance(document),
  ];
}

/** The lane may enter before the last environment, nowhere later (design, section 9). */
function hotfixFindings({ hotfix, paths }: Outline, names: EnvironmentNames): readonly Finding[] {
  const at = ['hotfix', 'entry'];
  const unknown = unknownEnvironment(hotfix.entry, at, names);
  if (hotfix.entry === undefined || unknown.length > 0) return unknown;
  const entry = names.resolve(hotfix.entry);
  if (paths.some(({ from }) => from !== undefined && names.resolve(from) === entry)) return [];
  return [{ path: at, expected: 'an environment that a path leaves, so that the fix is verified before the last one' }];
}

function freezeFindings({ freezes, applications }: Outline, names: EnvironmentNames): readonly Finding[] {
  const lists = [
    [freezes, ['freezes']] as const,
    ...applications.map((application, index) => [application.freezes, ['applications', index, 'freezes']] as const),
  ];
  return lists.flatMap(([list, at]) =>
    list.flatMap(({ environments }, index) =>
      environments.flatMap((word, position) =>
        unknownEnvironment(word, [...at, index, 'environments', position], names),
      ),
    ),
  );
}

function mandatoryFindings({ mandatory }: Outline, names: EnvironmentNames): readonly Finding[] {
  return mandatory.flatMap(({ into }, index) =>
    into.flatMap((word, position) => unknownEnvironment(word, ['mandatory', index, 'into', position], names)),
  );
}

function channelFinding(word: string | undefined, path: SettingPath, outline: Outline): readonly Finding[] {
  const channels = outline.notifications.channels.flatMap(({ name }) => name ?? []);
  if (word === undefined || channels.includes(word)) return [];
  const expected = channels.length === 0 ? 'a channel of notifications.channels' : `a channel: ${channels.join(', ')}`;
  return [{ path, expected, suggestion: closest(word, channels) }];
}

function notificationFindings(outline: Outline, names: EnvironmentNames): readonly Finding[] {
  return outline.notifications.routes.flatMap(({ channels, environments }, index) => {
    const at = ['notifications', 'routes', index];
    return [
      ...channels.flatMap((word, position) => channelFinding(word, [...at, 'channels', position], outline)),
      ...environments.flatMap((word, position) => unknownEnvironment(word, [...at, 'environments', position], names)),
    ];
  });
}

/** References inside what stands at one place; what is inherited is judged where it stands. */
function requirementFindings(outline: Outline, requirement: RequirementOutline, at: SettingPath): readonly Finding[] {
  const { approvals, rollback, force, skipValidation, freezeOverride, checklist, steps, database } = requirement;
  const stages: readonly (readonly [StageOutline, SettingPath])[] = [
    ...approvals.stages.map((stage, index) => [stage, [...at, 'approvals', 'stages', index]] as const),
    ...database.rowMoves.map(
      ({ approval }, index) => [approval, [...at, 'database', 'rowMoves', index, 'approval']] as const,
    ),
  ];
  const roles: readonly (readonly [string | undefined, SettingPath])[] = [
    ...approvals.mayAutoApprove.map((role, index) => [role, [...at, 'approvals', 'mayAutoApprove', index]] as const),
    ...force.roles.map((role, index) => [role, [...at, 'force', 'roles', index]] as const),
    ...skipValidation.roles.map((role, index) => [role, [...at, 'skipValidation', 'roles', index]] as const),
    ...freezeOverride.roles.map((role, index) => [role, [...at, 'freezeOverride', 'roles', index]] as const),
    ...checklist.map(({ by }, index) => [by, [...at, 'checklist', index, 'by']] as const),
  ];
  return [
    ...rollback.escalateTo.flatMap((word, index) =>
      channelFinding(word, [...at, 'rollback', 'escalateTo', index], outline),
    ),
    ...stages.flatMap(([stage, path]) => stageFindings(stage, path, outline)),
    ...roles.flatMap(([role, path]) => roleFinding(role, path, outline)),
    ...steps.custom.flatMap((step, index) => customStepFindings(step, [...at, 'steps', 'custom', index])),
  ];
}

/** A step of the team's own under another's name, or with a way back where nothing goes back. */
function customStepFindings(
  { name, after, compensation }: RequirementOutline['steps']['custom'][number],
  at: SettingPath,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (name !== undefined && reservedStepNames.has(name)) {
    findings.push({ path: [...at, 'name'], expected: 'a name that no built-in step has' });
  }
  if (compensation && stepsOutsideRollback.some((step) => step === after)) {
    findings.push({
      path: [...at, 'compensation'],
      expected: `left out, because nothing is taken back behind ${after ?? ''}; a step behind validate-artifacts up to verify can be`,
    });
  }
  return findings;
}

/** What a path says together with what it inherits. */
function contradictionsAfterInheritance(document: unknown): readonly Finding[] {
  const authored = outlineOf(document);
  const inherited = inheritRequirements(document);
  const gates = gatesOfPaths(inherited);
  return outlineOf(inherited).paths.flatMap(({ canary, steps, to, deploymentStrategy }, index) => {
    const findings: Finding[] = [];
    const ofTarget = authored.environments.find(({ name, aliases }) => name === to || aliases.includes(to));
    const strategy = deploymentStrategy ?? ofTarget?.deploymentStrategy ?? 'rolling';
    if (canary.enabled === true && strategy !== 'rolling') {
      findings.push({
        path: ['paths', index, ...(deploymentStrategy === undefined ? [] : ['deploymentStrategy'])],
        expected: 'rolling, because the canary is enabled; set deploymentStrategy: rolling, or take the canary back',
        found: strategy,
      });
    }
    authored.paths[index]?.checklist.forEach(({ gate, phase }, position) => {
      if (gate === undefined) return;
      const isDemanded = gates[index]?.has(gate) !== false;
      const isTooLate = phase !== 'after' && gates[index]?.get(gate) === 'after-only';
      if (isDemanded && !isTooLate) return;
      findings.push({
        path: ['paths', index, 'checklist', position, 'gate'],
        expected: isDemanded
          ? 'a gate that is judged before the deployment, or phase: after beside it'
          : 'a gate that this path demands; nothing would tick the item',
        found: gate,
      });
    });
    const left = steps.leaveOut.indexOf('shift-canary');
    if (canary.enabled === true && left !== -1) {
      findings.push({
        path: ['paths', index, 'steps', 'leaveOut', left],
        expected: 'shift-canary to stay, because the canary is enabled',
        found: 'shift-canary',
      });
    }
    return findings;
  });
}

/** The gates each path demands, by name, and when they are judged; unknown names too, which are reported elsewhere. */
function gatesOfPaths(document: unknown): readonly ReadonlyMap<string, 'before' | 'after-only'>[] {
  const paths: unknown = childOf(document, 'paths');
  if (!Array.isArray(paths)) return [];
  return paths.map((path: unknown) => {
    const gates = childOf(path, 'gates');
    if (typeof gates !== 'object' || gates === null) return new Map();
    return new Map(
      Object.entries(gates).flatMap(([gate, settings]: [string, unknown]) =>
        settings === false ? [] : [[gate, isJudgedAfterOnly(settings) ? 'after-only' : 'before'] as const],
      ),
    );
  });
}

function isJudgedAfterOnly(settings: unknown): boolean {
  const phases = childOf(settings, 'phases');
  return Array.isArray(phases) && phases.includes('after') && !phases.includes('before');
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
