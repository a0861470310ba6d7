import { describeGate } from './describe-gate.ts';
import { fewestCanaryRequests } from './fewest-canary-requests.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { demandedGates } from './gate-schema.ts';
import type { SettingPath } from './problem.ts';
import type { ApprovalStage, Path, Window } from './schema.ts';
import { weekdays } from './window-schema.ts';

/** One thing that a path demands, with its name and what exactly. */
export interface Demand {
  readonly title: string;
  /** One line each, with the setting of the path that it is about. */
  readonly points: readonly { readonly text: string; readonly setting: SettingPath }[];
}

/** What a path demands, in the order in which a promotion meets it; what it does not demand is left out. */
export function demandsOf(path: Path): readonly Demand[] {
  const { after, approvals, bakeSeconds, canary, checklist, soakSeconds, windows } = path;
  const gates = demandedGates(path.gates).map((demanded) => ({
    text: describeGate(demanded, path),
    setting: ['gates', demanded.gate],
  }));
  const byGate = checklist.filter(({ gate }) => gate !== undefined).length;
  const items = `${String(checklist.length)} ${checklist.length === 1 ? 'item' : 'items'}`;
  return [
    ...demand('after', ['after'], afterText(after)),
    ...demand(
      'soak',
      ['soakSeconds'],
      soakSeconds === 0 ? undefined : `${describeSeconds(soakSeconds)} verified in ${path.from}`,
    ),
    // Said even when there is none: nothing would look the same as nothing to show.
    { title: 'gates', points: gates.length === 0 ? [{ text: 'none', setting: ['gates'] }] : gates },
    ...demand('approvals', ['approvals', 'stages'], ...approvals.stages.map(stageText)),
    ...demand(
      'checklist',
      ['checklist'],
      checklist.length === 0 ? undefined : `${items}, ${String(byGate)} ticked by gates`,
    ),
    ...demand('windows', ['windows'], ...windows.map(describeWindow)),
    ...demand('canary', ['canary'], canary.enabled ? canaryText(canary) : undefined),
    ...demand(
      'bake',
      ['bakeSeconds'],
      bakeSeconds === 0 ? undefined : `watched for ${describeSeconds(bakeSeconds)} after verification`,
    ),
  ];
}

/** When a window is open: `monday to friday 09:00–17:00 Europe/Berlin`. */
export function describeWindow(window: Window): string {
  switch (window.kind) {
    case 'once':
      return `${window.from} to ${window.to}`;
    case 'weekly':
      return `${describeDays(window.days)} ${window.from}–${window.to} ${window.timeZone}`;
  }
}

function demand(title: string, setting: SettingPath, ...given: readonly (string | undefined)[]): readonly Demand[] {
  const points = given.filter((text) => text !== undefined).map((text) => ({ text, setting }));
  return points.length === 0 ? [] : [{ title, points }];
}

function afterText(after: Path['after']): string | undefined {
  if (after === 'any') return undefined;
  return after === 'all'
    ? 'verified in every source'
    : `verified in ${String(after.atLeast)} of ${after.of.join(', ')}`;
}

function stageText({ name, roles, people, minimumApprovals, timeoutSeconds }: ApprovalStage): string {
  const who = [...roles.map((role) => `role ${role}`), ...people].join(', ');
  return `${name} × ${String(minimumApprovals)} (${who}; within ${describeSeconds(timeoutSeconds)})`;
}

function canaryText(canary: Path['canary']): string {
  const { percentage, durationSeconds, minimumSuccessPercent } = canary;
  const share = `${String(percentage)} % for ${describeSeconds(durationSeconds)}`;
  return `${share}, ≥ ${String(minimumSuccessPercent)} % well of ≥ ${String(fewestCanaryRequests)} requests`;
}

/** Three days in a row and more are a span, in the order of the week. */
function describeDays(days: readonly (typeof weekdays)[number][]): string {
  const places = [...new Set(days)].map((day) => weekdays.indexOf(day)).sort((a, b) => a - b);
  const [first = 0] = places;
  const last = places.at(-1) ?? first;
  if (places.length === weekdays.length) return 'daily';
  if (places.length > 2 && last - first === places.length - 1) return `${dayName(first)} to ${dayName(last)}`;
  return places.map(dayName).join(', ');
}

function dayName(place: number): string {
  return weekdays[place] ?? '';
}
