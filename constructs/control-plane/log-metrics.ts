import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric/index.js';
import { Construct } from 'constructs';
import { logEvents, type LogEventName } from '../../engine/contract/log-events.ts';
import { logFilter, logLabelExtractors, logValue } from '../../engine/contract/log-selection.ts';
import { eventWriters } from './event-writers.ts';
import type { PlaneSettings } from './plane-settings.ts';

/** The events that a dashboard shows; alerts read the lines themselves. */
export const measuredEvents = [
  'promotion-started',
  'promotion-finished',
  'validation-failed',
  'migration-finished',
  'queue-length',
] as const satisfies readonly LogEventName[];
export type MeasuredEvent = (typeof measuredEvents)[number];

/** Log-based metrics of an installation, each over the lines of one event. */
export class LogMetrics extends Construct {
  readonly metrics: ReadonlyMap<MeasuredEvent, LoggingMetric>;

  constructor(scope: Construct, id: string, settings: PlaneSettings) {
    super(scope, id);
    this.metrics = new Map(measuredEvents.map((event) => [event, this.#createMetric(event, settings)]));
  }

  #createMetric(event: MeasuredEvent, { names, projectId }: PlaneSettings): LoggingMetric {
    const value = logValue(event);
    const labels = Object.entries(logLabelExtractors(event)).filter(([label]) => isBounded(label));
    return new LoggingMetric(this, event, {
      project: projectId,
      name: names.metric(event),
      description: logEvents[event].about,
      filter: logFilter(event, { services: eventWriters(names) }),
      labelExtractors: Object.fromEntries(labels),
      metricDescriptor: {
        metricKind: 'DELTA',
        valueType: value === undefined ? 'INT64' : 'DISTRIBUTION',
        unit: value?.unit ?? '1',
        labels: labels.map(([key]) => ({ key, valueType: 'STRING' })),
      },
      ...(value === undefined
        ? {}
        : {
            valueExtractor: value.extractor,
            // From one to some 190 days in seconds.
            bucketOptions: { exponentialBuckets: { numFiniteBuckets: 24, growthFactor: 2, scale: 1 } },
          }),
    });
  }
}

/** A label with a value of its own for every promotion would be a time series for each. */
const isBounded = (label: string): boolean => label !== 'promotion';
