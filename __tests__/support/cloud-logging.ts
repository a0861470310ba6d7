import type { LogEntry } from './logging-filter.ts';

const liftedFields = {
  severity: 'severity',
  time: 'timestamp',
  'logging.googleapis.com/insertId': 'insertId',
  'logging.googleapis.com/labels': 'labels',
} as const;

/**
 * What Cloud Logging makes of a line on the standard output of a Cloud Run service: special fields move into the entry, what is
 * left is `jsonPayload`; a line that is no JSON object is text.
 */
export function ingest(line: string, service: string): LogEntry {
  const resource = { type: 'cloud_run_revision', labels: { service_name: service } };
  const payload = jsonObject(line);
  if (payload === undefined) return { resource, severity: 'DEFAULT', textPayload: line };
  const entries = Object.entries(payload);
  const lifted = entries.flatMap(([name, value]) => (isLifted(name) ? [[liftedFields[name], value]] : []));
  const jsonPayload = Object.fromEntries(entries.filter(([name]) => !isLifted(name)));
  return { resource, severity: 'DEFAULT', ...(Object.fromEntries(lifted) as LogEntry), jsonPayload };
}

function isLifted(name: string): name is keyof typeof liftedFields {
  return Object.hasOwn(liftedFields, name);
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
