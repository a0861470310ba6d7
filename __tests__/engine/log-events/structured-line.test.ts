import { Writable } from 'node:stream';
import type { LoggedEvent } from '../../../engine/log-events/event-log.ts';
import { StreamEventLog } from '../../../engine/log-events/stream-event-log.ts';
import { structuredLine } from '../../../engine/log-events/structured-line.ts';

const failing = (error: string): LoggedEvent => ({
  event: 'health-check-failing',
  id: 'health-1',
  at: new Date('2026-11-20T10:00:00.000Z'),
  message: `db: ${error}`,
  fields: { check: 'db', error },
});

describe('a line', () => {
  it('stays one line, whatever was said', () => {
    const line = structuredLine(failing('first\nsecond \u2028 third'));
    expect(line.trimEnd()).not.toContain('\n');
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ severity: 'ERROR', event: 'health-check-failing', check: 'db' });
  });

  it('holds no secret that was said by mistake', () => {
    const line = structuredLine(failing('postgres://paula:hunter2@db/shop refused, password=hunter2'));
    expect(line).not.toContain('hunter2');
  });

  it('is cut where Cloud Logging would refuse it', () => {
    expect(structuredLine(failing('x'.repeat(400_000))).length).toBeLessThan(10_000);
  });

  it('may be about no promotion, and has no label then', () => {
    expect(JSON.parse(structuredLine(failing('down')))).toMatchObject({ 'logging.googleapis.com/labels': {} });
  });
});

describe('a log that cannot be written', () => {
  it('says so to whoever writes, so that it is written again', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => {
        done(new Error('no space left'));
      },
    });
    full.on('error', () => undefined);
    await expect(new StreamEventLog(full).write([failing('down')])).rejects.toThrow('no space left');
    await expect(new StreamEventLog(full).write([])).resolves.toBeUndefined();
  });
});
