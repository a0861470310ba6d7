import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogSeverity } from '../../engine/contract/log-events.ts';
import { withoutSecrets } from '../../engine/workflow/without-secrets.ts';

const severities: Readonly<Record<string, LogSeverity | 'DEBUG'>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

/**
 * The log of the server: one line of JSON for each entry, in the fields that Cloud Logging lifts out of a container's
 * output (severity, time, message), with everything masked that looks like a secret.
 */
export function serverLog(destination: DestinationStream): Logger {
  return pino(
    {
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ severity: severities[label] ?? 'INFO' }),
        // Errors are told here, since what is theirs has to be masked as well.
        log: ({ err, ...entry }) =>
          withoutSecrets({ ...entry, ...(err instanceof Error ? { err: told(err) } : { err }) }),
      },
      serializers: { err: (error: unknown) => error },
    },
    destination,
  );
}

const told = pino.stdSerializers.err;
