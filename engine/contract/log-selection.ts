import { logEventField, logEvents, type LogEvent, type LogEventName } from './log-events.ts';

/**
 * Which lines are meant: those of an installation, and of one path where a pair has metrics and alerts of its own. The
 * lines of Cloud Build are text to Cloud Logging (google 6.50 cannot turn structured build logs on), so events are written
 * by Cloud Run services alone.
 */
export interface LogScope {
  /** The Cloud Run services that write, by name; at least one. */
  readonly services: readonly string[];
  /** Only promotions from this environment, and to the other one. Left out: every path of the installation. */
  readonly path?: { readonly from: string; readonly to: string };
}

/** The Cloud Logging filter that selects an event. @throws RangeError without a service, or with a path where lines have none. */
export function logFilter(name: LogEventName, { services, path }: LogScope): string {
  const event = eventCalled(name);
  if (services.length === 0) throw new RangeError(`the filter for ${name} needs the services that write it`);
  const named = services.map(quoted);
  const terms = [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name=${named.length === 1 ? named.join('') : `(${named.join(' OR ')})`}`,
    `jsonPayload.${logEventField}=${quoted(name)}`,
    ...Object.entries(event.only ?? {}).flatMap(([field, value]) =>
      value === undefined ? [] : [`jsonPayload.${field}=${literal(value)}`],
    ),
  ];
  if (path === undefined) return terms.join('\n');
  if (!('environment' in event.fields)) throw new RangeError(`${name} is about an installation, not about one path`);
  return [...terms, `jsonPayload.from=${quoted(path.from)}`, `jsonPayload.environment=${quoted(path.to)}`].join('\n');
}

/** For `label_extractors` of a log-based metric or of a log-match condition, by the name of the label. */
export function logLabelExtractors(name: LogEventName): Readonly<Record<string, string>> {
  return Object.fromEntries(eventCalled(name).labels.map((label) => [label, extracting(label)]));
}

/** For a distribution: where its number is, and in which unit. Undefined: lines of the event are counted. */
export function logValue(name: LogEventName): { readonly extractor: string; readonly unit: 's' | '1' } | undefined {
  const { value, fields } = eventCalled(name);
  if (value === undefined) return undefined;
  const field = fields[value];
  if (field?.type !== 'number') throw new TypeError(`${name}: ${value} is no number`);
  return { extractor: extracting(value), unit: field.unit };
}

function eventCalled(name: LogEventName): LogEvent {
  return logEvents[name];
}

function extracting(field: string): string {
  return `EXTRACT(jsonPayload.${field})`;
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** A string of the Logging query language, in which a backslash and a quote are escaped. */
function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
