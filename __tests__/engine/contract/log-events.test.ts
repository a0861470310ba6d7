import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { logEventNames, logEvents, type LogEvent } from '../../../engine/contract/log-events.ts';

const manual = path.resolve(import.meta.dirname, '../../../docs/monitoring.md');

describe('the events of the log', () => {
  it('stand in the manual, each with its severity, what it is measured by and its labels beside the path', async () => {
    const rows = (await readFile(manual, 'utf8')).split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.map((row) => row.split('|').map((cell) => cell.trim()));
    expect(told.map(([, name]) => name)).toEqual(logEventNames.map((name) => `\`${name}\``));
    for (const [index, name] of logEventNames.entries()) {
      const { severity, value, labels }: LogEvent = logEvents[name];
      const beside = labels.filter((label) => !['application', 'from', 'environment'].includes(label));
      const [, , severityTold, measured, labelsTold = ''] = told[index] ?? [];
      expect([name, severityTold, measured]).toEqual([name, severity, value === undefined ? 'count' : `\`${value}\``]);
      expect([name, [...labelsTold.matchAll(/`(\w+)`/g)].map(([, label]) => label)]).toEqual([name, beside]);
    }
  });

  it.each(logEventNames)('%s says what each field is, and in words of its own when it comes', (name) => {
    const { about, fields }: LogEvent = logEvents[name];
    for (const text of [about, ...Object.values(fields).map((field) => field.about)]) expect(text).toMatch(/^\w.*\.$/s);
  });
});
