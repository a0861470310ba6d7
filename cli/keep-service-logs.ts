import type { LogFile } from './log-file.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';

/** Writes what the services of an environment wrote last behind what a command said. */
export async function keepServiceLogs(session: Session, environment: string, log: LogFile): Promise<void> {
  for (const { service, lines } of await session.serviceLogs(environment)) {
    log.write(`\nWhat ${service} wrote last\n`);
    log.write(lines.length === 0 ? '  nothing\n' : lines.map((line) => `  ${printable(line)}\n`).join(''));
  }
}
