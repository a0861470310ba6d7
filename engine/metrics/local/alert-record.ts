import { join } from 'node:path';
import { z } from 'zod';
import { readRecord, writeRecord } from '../../deployment/local/record-file.ts';
import type { Alert, OpenAlerts } from '../metrics-source.ts';

const alertRecordSchema = z.strictObject({
  evaluatedAt: z.iso.datetime(),
  alerts: z.array(
    z.strictObject({
      id: z.string().min(1),
      severity: z.enum(['critical', 'warning']),
      subject: z.string(),
      detail: z.string(),
      since: z.iso.datetime(),
    }),
  ),
});

const alertsFile = 'alerts.json';

/** The alerts that the local platform holds open in an environment. @throws InvalidRecordError */
export async function readAlerts(environmentFolder: string): Promise<OpenAlerts> {
  const record = await readRecord(join(environmentFolder, alertsFile), alertRecordSchema);
  if (record === undefined) return { evaluatedAt: undefined, alerts: [] };
  return {
    evaluatedAt: new Date(record.evaluatedAt),
    alerts: record.alerts.map(({ since, ...alert }) => ({ ...alert, since: new Date(since) })),
  };
}

export async function writeAlerts(environmentFolder: string, at: Date, alerts: readonly Alert[]): Promise<void> {
  await writeRecord(join(environmentFolder, alertsFile), {
    evaluatedAt: at.toISOString(),
    alerts: alerts.map(({ since, ...alert }) => ({ ...alert, since: since.toISOString() })),
  });
}
