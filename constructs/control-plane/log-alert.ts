import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy/index.js';
import { Construct } from 'constructs';
import { nullIfEmpty } from '../conditions/optional-texts.ts';
import { logFilter, logLabelExtractors, type LogScope } from '../../engine/contract/log-selection.ts';
import type { LogEventName } from '../../engine/contract/log-events.ts';

export interface LogAlertProps {
  readonly projectId: string;
  readonly event: LogEventName;
  readonly scope: LogScope;
  /** As an incident's title has it. */
  readonly title: string;
  /** What to do, in Markdown. */
  readonly remedy: string;
  readonly severity: 'CRITICAL' | 'ERROR' | 'WARNING';
  /** `projects/<project>/notificationChannels/<channel>`. */
  readonly channels: readonly string[];
  /** Least time between two notifications, in seconds. */
  readonly quietSeconds: number;
}

/**
 * Tells of lines of one event, as they come. It reads the lines and no metric, which could not be alerted on for minutes
 * after it is made; Cloud Monitoring takes one condition of this kind, and wants a rate limit.
 */
export class LogAlert extends Construct {
  readonly policy: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: LogAlertProps) {
    super(scope, id);
    this.policy = new MonitoringAlertPolicy(this, 'policy', {
      project: props.projectId,
      displayName: props.title,
      combiner: 'OR',
      severity: props.severity,
      ...(props.channels.length === 0 ? {} : { notificationChannels: nullIfEmpty(props.channels) }),
      conditions: [
        {
          displayName: props.title,
          conditionMatchedLog: {
            filter: logFilter(props.event, props.scope),
            labelExtractors: { ...logLabelExtractors(props.event) },
          },
        },
      ],
      alertStrategy: {
        autoClose: '86400s',
        notificationRateLimit: { period: `${String(props.quietSeconds)}s` },
      },
      documentation: { content: props.remedy, mimeType: 'text/markdown' },
    });
  }
}
