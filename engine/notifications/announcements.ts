import type { JsonObject } from '../json.ts';
import type { NotificationEvent, NotificationSeverity } from '../rules/notification-schema.ts';

/** What one kind of announcement means to whoever is told of it. */
interface Meaning {
  /** The name that the rules route it by. */
  readonly event: NotificationEvent;
  readonly severity: NotificationSeverity | ((data: JsonObject) => NotificationSeverity);
  /** A few words behind `shop → staging: `. */
  readonly say: (data: JsonObject) => string;
}

/**
 * Everything that is announced, by the engine's own name, with the name that the rules know it by. The only place that
 * says so: what is not here cannot be announced.
 */
export const announcements = {
  'promotion.started': {
    event: 'promotion-started',
    severity: (data) => (data['lane'] === 'hotfix' ? 'high' : 'info'),
    say: (data) =>
      `${text(data, 'requestedBy', 'somebody')} asked for ${text(data, 'release', 'a release')}${data['lane'] === 'hotfix' ? ' as a hotfix' : ''}`,
  },
  'approval.needed': {
    event: 'approval-required',
    severity: 'medium',
    say: (data) => `needs an approval: ${text(data, 'detail', 'somebody must decide')}`,
  },
  'approval.decided': {
    event: 'approval-decided',
    severity: (data) => (data['decision'] === 'rejected' ? 'medium' : 'low'),
    say: (data) => {
      const stage = text(data, 'stage', '');
      const comment = text(data, 'comment', '');
      const decided = `${text(data, 'by', 'somebody')} ${text(data, 'decision', 'decided')}`;
      return `${decided}${stage === '' ? '' : ` (${stage})`}${comment === '' ? '' : `: ${comment}`}`;
    },
  },
  'approval.expired': {
    event: 'approval-expired',
    severity: 'medium',
    say: (data) => `nobody decided in time: ${text(data, 'reason', 'the approval expired')}`,
  },
  'validation.failed': {
    event: 'validation-failed',
    severity: 'high',
    say: (data) => `requirements are not met: ${text(data, 'error', 'a check failed')}`,
  },
  'promotion.failed': {
    event: 'promotion-failed',
    severity: (data) => severityOf(data, 'high'),
    say: (data) => `${text(data, 'release', 'the release')} was not promoted: ${text(data, 'failure', 'it failed')}`,
  },
  'promotion.finished': {
    event: 'promotion-succeeded',
    severity: 'info',
    say: (data) => `${text(data, 'release', 'the release')} was promoted`,
  },
  'promotion.ended': {
    event: 'promotion-ended',
    severity: (data) => (data['state'] === 'REJECTED' || data['state'] === 'EXPIRED' ? 'medium' : 'low'),
    say: (data) => `ended without being promoted: ${text(data, 'reason', text(data, 'state', 'it was stopped'))}`,
  },
  'promotion.parked': {
    event: 'promotion-parked',
    severity: 'low',
    say: (data) => `waits: ${text(data, 'detail', text(data, 'reason', 'for something'))}`,
  },
  'contract.scheduled': {
    event: 'promotion-parked',
    severity: 'info',
    say: (data) => `can be undone without loss until ${text(data, 'until', 'its undo window is over')}`,
  },
  'contract.finished': {
    event: 'promotion-succeeded',
    severity: 'info',
    say: (data) => `the contract migrations of ${text(data, 'release', 'the release')} ran`,
  },
  'contract.failed': {
    event: 'promotion-failed',
    severity: (data) => severityOf(data, 'high'),
    say: (data) => `the contract migrations did not work out: ${text(data, 'failure', 'they failed')}`,
  },
  'plan.changed': {
    event: 'plan-changed',
    severity: 'medium',
    say: (data) => `is checked and approved anew: ${text(data, 'reason', 'the plan changed')}`,
  },
  'step.retrying': {
    event: 'step-retried',
    severity: (data) => severityOf(data, 'high'),
    say: (data) =>
      `${text(data, 'step', 'a step')} failed and is tried again: ${text(data, 'error', 'no reason given')}`,
  },
  'artifacts.promoted': {
    event: 'artifacts-promoted',
    severity: 'info',
    say: (data) => `the images are in place: ${text(data, 'summary', 'copied')}`,
  },
  'database.migrated': {
    event: 'database-migrated',
    severity: 'info',
    say: (data) => `the database is migrated: ${text(data, 'summary', 'the migrations ran')}`,
  },
  'rollback.started': {
    event: 'rollback-started',
    severity: 'high',
    say: (data) => `is being taken back: ${text(data, 'reason', 'no reason given')}`,
  },
  'rollback.needed': {
    event: 'promotion-parked',
    severity: 'critical',
    say: (data) => `failed, and a person must take it back: ${text(data, 'error', 'see the instructions')}`,
  },
  'rollback.escalated': {
    event: 'rollback-escalated',
    severity: 'critical',
    say: (data) => `needs a person: ${text(data, 'reason', 'the rollback has not ended')}`,
  },
  'promotion.rolled-back': {
    event: 'rollback-succeeded',
    severity: 'high',
    say: (data) => `${text(data, 'release', 'the release')} was taken back: ${text(data, 'reason', 'no reason given')}`,
  },
  'rollback.failed': {
    event: 'rollback-failed',
    severity: 'critical',
    say: (data) => `could not be taken back: ${text(data, 'error', 'no reason given')}`,
  },
  'hold.changed': {
    event: 'hold-changed',
    severity: 'low',
    say: (data) => `${text(data, 'by', 'somebody')} ${text(data, 'change', 'changed the hold')}`,
  },
  'report.ready': {
    event: 'report-ready',
    severity: 'info',
    say: (data) =>
      `the report is ready: ${text(data, 'location', `promote report ${text(data, 'promotionId', '<promotion>')} shows it`)}`,
  },
} as const satisfies Readonly<Record<string, Meaning>>;

export type AnnouncementType = keyof typeof announcements;

/** What is known about an announcement; a type that a newer engine wrote means nothing here. */
export function meaningOf(
  type: string,
  data: JsonObject,
): { readonly event: NotificationEvent; readonly severity: NotificationSeverity; readonly words: string } | undefined {
  if (!Object.hasOwn(announcements, type)) return undefined;
  const { event, severity, say }: Meaning = announcements[type as AnnouncementType];
  return { event, severity: typeof severity === 'function' ? severity(data) : severity, words: say(data) };
}

function text(data: JsonObject, key: string, otherwise: string): string {
  const value = data[key];
  const [line = ''] = typeof value === 'string' ? value.split('\n') : [];
  return line === '' ? otherwise : line;
}

/** The severity of the error that it tells of. */
function severityOf(data: JsonObject, otherwise: NotificationSeverity): NotificationSeverity {
  switch (data['severity']) {
    case 'CRITICAL':
      return 'critical';
    case 'HIGH':
      return 'high';
    case 'MEDIUM':
      return 'medium';
    case 'LOW':
      return 'low';
    default:
      return otherwise;
  }
}
