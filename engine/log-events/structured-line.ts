import { logEventField, logEvents } from '../contract/log-events.ts';
import { storable } from '../workflow/storable.ts';
import { withoutSecrets } from '../workflow/without-secrets.ts';
import type { LoggedEvent } from './event-log.ts';

/** Cloud Logging refuses entries over 256 KiB; what people wrote is cut long before. */
const longestText = 2000;

/**
 * An event as one line of JSON, as Cloud Logging takes it from a container's standard output: what it knows is lifted into
 * the entry (severity, time, labels, insertId), the rest becomes `jsonPayload`. An entry with the same time and insertId
 * is the same entry, so telling it twice is harmless.
 */
export function structuredLine({ event, id, at, message, fields }: LoggedEvent): string {
  const texts: Readonly<Record<string, string | number | boolean>> = { ...fields };
  const { promotion, application } = texts;
  const labels = {
    ...(promotion === undefined ? {} : { promotion }),
    ...(application === undefined ? {} : { application }),
  };
  const payload = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, shortened(value)]));
  return `${JSON.stringify(
    withoutSecrets(
      storable({
        severity: logEvents[event].severity,
        time: at.toISOString(),
        message: shortened(message),
        [logEventField]: event,
        ...payload,
        'logging.googleapis.com/insertId': id,
        'logging.googleapis.com/labels': labels,
      }),
    ),
  )}\n`;
}

function shortened<Value extends string | number | boolean>(value: Value): Value | string {
  return typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText - 1)}…` : value;
}
