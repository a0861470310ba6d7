import { InstallationAlerts } from '../../../constructs/control-plane/installation-alerts.ts';
import { LogMetrics, measuredEvents } from '../../../constructs/control-plane/log-metrics.ts';
import { LogStore } from '../../../constructs/control-plane/log-store.ts';
import { logFilter } from '../../../engine/contract/log-selection.ts';
import { partsIn, planeSettings } from '../parts.ts';

const services = ['promotion-ui', 'promotion-worker'];

describe('logs of an installation', () => {
  const stack = partsIn((scope) => {
    new LogStore(scope, 'logs', planeSettings(), 45, 'trigger-1');
  });

  it('are kept in a bucket of their own for the days that are told', () => {
    expect(stack.one('google_logging_project_bucket_config')).toMatchObject({
      bucket_id: 'promotion-logs',
      location: 'us-central1',
      retention_days: 45,
    });
    expect(stack.one('google_logging_project_sink')).toMatchObject({
      destination: 'logging.googleapis.com/projects/shop-prod/locations/us-central1/buckets/promotion-logs',
      depends_on: [expect.stringContaining('google_logging_project_bucket_config.')],
    });
  });

  it('are those of the services, the function and the runs, and no others', () => {
    expect(stack.one('google_logging_project_sink')['filter']).toBe(
      '(resource.type="cloud_run_revision" AND resource.labels.service_name=' +
        '("promotion-ui" OR "promotion-worker" OR "promotion-hooks" OR "promotion-migration"))' +
        ' OR (resource.type="build" AND resource.labels.build_trigger_id="trigger-1")',
    );
  });
});

describe('metrics over lines', () => {
  const stack = partsIn((scope) => {
    new LogMetrics(scope, 'metrics', planeSettings());
  });

  it.each(measuredEvents)('select %s as the engine writes it', (event) => {
    expect(stack.one('google_logging_metric', event)).toMatchObject({
      name: `promotion/${event}`,
      filter: logFilter(event, { services }),
    });
  });

  it('measure durations and lengths as distributions, and count the rest', () => {
    const types = stack
      .all('google_logging_metric')
      .map(({ name, metric_descriptor }) => [
        name,
        (metric_descriptor as { value_type: string; unit: string }).value_type,
        (metric_descriptor as { value_type: string; unit: string }).unit,
      ]);
    expect(types).toEqual([
      ['promotion/migration-finished', 'DISTRIBUTION', 's'],
      ['promotion/promotion-finished', 'DISTRIBUTION', 's'],
      ['promotion/promotion-started', 'INT64', '1'],
      ['promotion/queue-length', 'DISTRIBUTION', '1'],
      ['promotion/validation-failed', 'INT64', '1'],
    ]);
    expect(stack.one('google_logging_metric', 'promotion-finished')).toMatchObject({
      value_extractor: 'EXTRACT(jsonPayload.durationSeconds)',
    });
  });

  it('have every label with its extractor, and none with a value for each promotion', () => {
    for (const { label_extractors, metric_descriptor } of stack.all('google_logging_metric')) {
      const { labels } = metric_descriptor as { labels: readonly { key: string }[] };
      expect(labels.map(({ key }) => key).toSorted()).toEqual(Object.keys(label_extractors as object).toSorted());
      expect(Object.keys(label_extractors as object)).not.toContain('promotion');
    }
  });
});

describe('alerts of an installation', () => {
  it('tell of a health check that fails', () => {
    const channel = 'projects/shop-prod/notificationChannels/1';
    const stack = partsIn((scope) => {
      new InstallationAlerts(scope, 'alerts', planeSettings(), [channel]);
    });
    expect(stack.one('google_monitoring_alert_policy')).toMatchObject({
      notification_channels: [channel],
      conditions: [{ condition_matched_log: { filter: logFilter('health-check-failing', { services }) } }],
      alert_strategy: { notification_rate_limit: { period: '900s' } },
    });
  });
});
