import { describeSeconds } from '../contract/describe-seconds.ts';
import type { DemandedGate } from './gate-schema.ts';

/** A gate of a path with its thresholds in a few words, as people read them: `coverage ≥ 80 %`. */
export function describeGate(demanded: DemandedGate, path: Ends): string {
  const words = thresholds(demanded, path);
  return demanded.settings.onMissing === 'warn' ? `${words} (only warns when unknown)` : words;
}

/** The environments that a path connects, by name. */
interface Ends {
  readonly from: string;
  readonly to: string;
}

function thresholds(demanded: DemandedGate, path: Ends): string {
  const place = (environment: 'source' | 'target'): string => (environment === 'source' ? path.from : path.to);
  switch (demanded.gate) {
    case 'tests': {
      const { suites, minimumPassedPercent, maximumSkipped } = demanded.settings;
      const share = minimumPassedPercent === 100 ? 'all' : `≥ ${percent(minimumPassedPercent)}`;
      const passed = `tests ${suites.join(', ')}: ${share} passed`;
      return maximumSkipped === undefined ? passed : `${passed}, skipped ≤ ${String(maximumSkipped)}`;
    }
    case 'coverage':
      return `coverage ≥ ${percent(demanded.settings.minimumPercent)}`;
    case 'findings': {
      const { maximum, onExcess, scanners } = demanded.settings;
      const warning = Object.entries(onExcess).flatMap(([severity, answer]) => (answer === 'warn' ? [severity] : []));
      return [
        `findings ${bySeverity(maximum)}`,
        ...(warning.length === 0 ? [] : [`more ${warning.join(', ')} only warns`]),
        ...(scanners.length === 0 ? [] : [`scanned by ${scanners.join(', ')}`]),
      ].join(', ');
    }
    case 'signature': {
      const { signers, keys } = demanded.settings;
      const by = signers.length > 0 ? signers : keys.map(({ name }) => name);
      return by.length === 0 ? 'signed' : `signed by ${by.join(' or ')}`;
    }
    case 'slo': {
      const { minimumAvailabilityPercent: availability, maximumErrorRatePercent: errors } = demanded.settings;
      const { maximumP95Ms, windowSeconds, environment } = demanded.settings;
      const bounds = [
        `availability ≥ ${availability === undefined ? 'its objective' : percent(availability)}`,
        `errors ≤ ${errors === undefined ? 'its objective' : percent(errors)}`,
        ...(maximumP95Ms === undefined ? [] : [`p95 ≤ ${String(maximumP95Ms)} ms`]),
      ];
      return `${place(environment)} ${bounds.join(', ')} over ${describeSeconds(windowSeconds)}`;
    }
    case 'errorBudget': {
      const { maximumConsumedPercent, windowSeconds, environment } = demanded.settings;
      return `${place(environment)} error budget < ${percent(maximumConsumedPercent)} used in ${describeSeconds(windowSeconds)}`;
    }
    case 'criticalAlerts':
      return `${place(demanded.settings.environment)} critical alerts ≤ ${String(demanded.settings.maximum)}`;
    case 'stability': {
      const { forSeconds, maximumRestarts, environment } = demanded.settings;
      return `${place(environment)} stable for ${describeSeconds(forSeconds)}, restarts ≤ ${String(maximumRestarts)}`;
    }
    case 'health':
      return `${place(demanded.settings.environment)} healthy`;
    case 'responseTimes': {
      const { maximumApiSeconds, maximumFrontendSeconds, environment } = demanded.settings;
      return `${place(environment)} answers ≤ ${describeSeconds(maximumApiSeconds)} (APIs), ≤ ${describeSeconds(maximumFrontendSeconds)} (frontends)`;
    }
    case 'codeReview':
      return `code review by ${String(demanded.settings.minimumApprovals)}`;
    case 'bugs':
      return `open bugs ${bySeverity(demanded.settings.maximum)}`;
    case 'lint': {
      const { maximumErrors, maximumWarnings } = demanded.settings;
      const errors = `lint errors ≤ ${String(maximumErrors)}`;
      return maximumWarnings === undefined ? errors : `${errors}, warnings ≤ ${String(maximumWarnings)}`;
    }
    case 'load': {
      const { phases, minimumRequestsPerSecond, maximumErrorRatePercent, maximumP95Ms } = demanded.settings;
      return [
        `load test${whenText(phases)} errors ≤ ${percent(maximumErrorRatePercent)}`,
        ...(minimumRequestsPerSecond === undefined ? [] : [`≥ ${String(minimumRequestsPerSecond)} requests/s`]),
        ...(maximumP95Ms === undefined ? [] : [`p95 ≤ ${String(maximumP95Ms)} ms`]),
      ].join(', ');
    }
    case 'performance': {
      const { maximumRegressionPercent, maximumP95Ms } = demanded.settings;
      const slower = `performance ≤ ${percent(maximumRegressionPercent)} slower than the release before`;
      return maximumP95Ms === undefined ? slower : `${slower}, p95 ≤ ${String(maximumP95Ms)} ms`;
    }
    case 'canary': {
      const { minimumTrafficPercent, minimumDurationSeconds, minimumSuccessPercent } = demanded.settings;
      return `canary ≥ ${percent(minimumTrafficPercent)} for ≥ ${describeSeconds(minimumDurationSeconds)}, ≥ ${percent(minimumSuccessPercent)} well`;
    }
    case 'source': {
      const { requireClean, branches } = demanded.settings;
      return [
        'source known',
        'pushed',
        ...(requireClean ? ['nothing uncommitted'] : []),
        ...(branches.length === 0 ? [] : [`on ${branches.join(' or ')}`]),
      ].join(', ');
    }
    case 'migrations':
      return demanded.settings.requireDown ? 'every migration has its way back' : 'migrations can run';
    case 'readiness':
      return `readiness ≥ ${percent(demanded.settings.minimumPercent)}`;
    case 'custom':
      return demanded.settings.name;
  }
}

/** Before the deployment is what a gate is anyway. */
function whenText(phases: readonly ('before' | 'after')[]): string {
  if (!phases.includes('after')) return '';
  return phases.includes('before') ? ' before and after the deployment:' : ' after the deployment:';
}

function percent(value: number): string {
  return `${String(value)} %`;
}

function bySeverity(maximum: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(maximum)
    .flatMap(([severity, most]) => (most === undefined ? [] : [`${severity} ≤ ${String(most)}`]))
    .join(', ');
}
