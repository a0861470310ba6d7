export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** Writes one JSON object per line. */
export function createLog(identity: LogFields, write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const line = (level: string, event: string, fields: LogFields): void => {
    write(`${JSON.stringify({ time: now().toISOString(), level, ...identity, event, ...fields })}\n`);
  };
  return {
    info: (event, fields = {}) => {
      line('info', event, fields);
    },
    error: (event, error, fields = {}) => {
      line('error', event, { ...fields, message: error instanceof Error ? error.message : String(error) });
    },
  };
}

/** Logs to standard output; a reader that went away costs log lines, not the service. */
export function createStandardOutputLog(identity: LogFields): Log {
  process.stdout.on('error', () => undefined);
  return createLog(identity, (line) => {
    process.stdout.write(line);
  });
}
