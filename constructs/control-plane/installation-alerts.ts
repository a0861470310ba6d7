import { Construct } from 'constructs';
import { eventWriters } from './event-writers.ts';
import { LogAlert } from './log-alert.ts';
import type { PlaneSettings } from './plane-settings.ts';

/** Tells of what is wrong with no path in particular. */
export class InstallationAlerts extends Construct {
  readonly healthCheckFailing: LogAlert;

  /** @param channels `projects/<project>/notificationChannels/<channel>`. */
  constructor(scope: Construct, id: string, { names, projectId }: PlaneSettings, channels: readonly string[]) {
    super(scope, id);
    this.healthCheckFailing = new LogAlert(this, 'health-check-failing', {
      projectId,
      event: 'health-check-failing',
      scope: { services: eventWriters(names) },
      title: `${names.installation}: a health check fails`,
      remedy: 'The label `check` says what was looked at. Nothing is promoted into an environment that is not well.',
      severity: 'ERROR',
      channels,
      quietSeconds: 900,
    });
  }
}
