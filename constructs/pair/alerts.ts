import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { LogEventName } from '../../engine/contract/log-events.ts';
import type { LogScope } from '../../engine/contract/log-selection.ts';
import { isEmpty } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import { LogAlert, type LogAlertProps } from '../control-plane/log-alert.ts';
import type { EffectiveInputs } from '../inputs/effective-inputs.ts';
import type { PairSettings } from './pair-settings.ts';

type Alert = Pick<LogAlertProps, 'severity' | 'quietSeconds'> & { readonly what: string; readonly todo: string };

const alerts = {
  'promotion-failed': {
    what: 'promotion failed',
    severity: 'ERROR',
    quietSeconds: 300,
    todo: 'Its page says at which step, and what was undone. Resume it there once the cause is gone.',
  },
  'validation-failed': {
    what: 'validation failed',
    severity: 'WARNING',
    quietSeconds: 900,
    todo: 'A requirement of the path is not met; nothing was changed. The gate says what it found.',
  },
  'approval-waiting': {
    what: 'an approval waits too long',
    severity: 'WARNING',
    quietSeconds: 3600,
    todo: 'Approve or reject it; it expires otherwise.',
  },
  'rollback-failed': {
    what: 'rollback failed',
    severity: 'CRITICAL',
    quietSeconds: 300,
    todo: 'The environment is half-way. The page of the promotion says what could not be undone; a person is needed.',
  },
} as const satisfies Partial<Record<LogEventName, Alert>>;

const events = {
  'promotion-started': 'promotion started',
  'approval-needed': 'approval needed',
  'promotion-finished': 'promotion finished or rolled back',
} as const satisfies Partial<Record<LogEventName, string>>;

/** Tells `notification_channels` of failures on this path. */
export class FailureAlerts extends Construct {
  readonly alerts: readonly LogAlert[];

  /** @param scopeOfLogs the lines of this path. */
  constructor(scope: Construct, id: string, settings: PairSettings, scopeOfLogs: LogScope) {
    super(scope, id);
    this.alerts = (Object.keys(alerts) as (keyof typeof alerts)[]).map((event) => {
      const { what, todo, severity, quietSeconds } = alerts[event];
      return new LogAlert(this, event, {
        projectId: settings.projectId,
        event,
        scope: scopeOfLogs,
        title: `${pathOf(settings)}: ${what}`,
        remedy: `${todo}\n\n[Open the promotion process](${settings.plane.uiUrl})`,
        severity,
        channels: settings.inputs.notificationChannels,
        quietSeconds,
      });
    });
  }
}

/**
 * Those of `promotion_notification_channels` that are Cloud Monitoring's. Addresses of mail and of web hooks are told by
 * the notify step, from the rules.
 */
export function toldByMonitoring({ promotionNotificationChannels: all }: EffectiveInputs): readonly string[] {
  if (!Token.isUnresolved(all)) return all.filter((each) => each.startsWith('projects/'));
  return Token.asList(hcl`[for each in ${all} : each if startswith(each, ${'projects/'})]`);
}

/** Tells them of what happens on this path. */
export class EventAlerts extends Construct {
  readonly alerts: readonly LogAlert[];

  constructor(scope: Construct, id: string, settings: PairSettings, scopeOfLogs: LogScope) {
    super(scope, id);
    const channels = toldByMonitoring(settings.inputs);
    const names = isEmpty(channels) === true ? [] : (Object.keys(events) as (keyof typeof events)[]);
    this.alerts = names.map(
      (event) =>
        new LogAlert(this, event, {
          projectId: settings.projectId,
          event,
          scope: scopeOfLogs,
          title: `${pathOf(settings)}: ${events[event]}`,
          remedy: `[Open the promotion process](${settings.plane.uiUrl})`,
          severity: 'WARNING',
          channels,
          quietSeconds: 300,
        }),
    );
  }
}

const pathOf = ({ inputs }: PairSettings): string => `${inputs.environment} → ${inputs.targetEnvironment}`;
