import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import { logEventNames, logEvents, type LogEvent, type LogEventName } from '../../../engine/contract/log-events.ts';
import { logFilter, logLabelExtractors, logValue } from '../../../engine/contract/log-selection.ts';
import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import { checkHealth } from '../../../engine/health/check-health.ts';
import { installationChecks } from '../../../engine/health/installation-checks.ts';
import { LogSubscriber } from '../../../engine/log-events/log-subscriber.ts';
import { QueueReport } from '../../../engine/log-events/queue-report.ts';
import { StreamEventLog } from '../../../engine/log-events/stream-event-log.ts';
import { Tick } from '../../../engine/log-events/tick.ts';
import { WaitingApprovals } from '../../../engine/log-events/waiting-approvals.ts';
import type { Migration } from '../../../engine/release.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { ingest } from '../../support/cloud-logging.ts';
import { extract, parseLoggingFilter, type LogEntry } from '../../support/logging-filter.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { alan, rulesText } from '../service/service-fixture.ts';

jest.setTimeout(120_000);

const service = 'promotion-worker';
const scope = { services: [service] };

const up = 'alter table orders add column note text';
const down = 'alter table orders drop column note';
const migration: Migration = {
  version: 1,
  name: 'note',
  kind: 'expand',
  up,
  down,
  transactional: true,
  checksum: migrationChecksum(up, down),
  downLosesData: false,
};

let server: ScratchPostgres;
let running: RunningDesk;
/** Every line that the engine wrote, as it wrote it. */
let lines: readonly string[];
let entries: readonly LogEntry[];
/** The promotions that were made, by what became of them. */
const made: Record<string, string> = {};

beforeAll(async () => {
  server = await startScratchPostgres();
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText('gates: { coverage: {}, tests: {} }'));
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const log = new StreamEventLog(stream);
  const { store, clock, context, service: promotions } = running.desk;
  const sweeper = new OutboxSweeper(store, async () => [new LogSubscriber(store, log)]);
  const sweep = async () => {
    while ((await sweeper.sweep(new AbortController().signal)) > 0);
  };
  const promote = async (as: string, ...request: Parameters<RunningDesk['promote']>) => {
    clock.advance(60);
    const record = await running.promote(...request);
    made[as] = record.id;
    return record;
  };

  await running.release('v3', { database: { schemaRange: { min: 0, max: 1 }, migrations: [migration] } });
  await promote('dry run', { release: 'v3', to: 'qa', isDryRun: true });
  await promote('succeeded', { release: 'v3', to: 'qa' });
  await promote('validation failed', { release: 'v3', to: 'staging' });
  await running.release('v4', { verifiedIn: ['dev', 'qa', 'staging'] });
  await promote('rejected', { release: 'v4', to: 'production' });
  await promotions.decide(alan, { promotionId: made['rejected'] ?? '', decision: 'rejected', comment: 'not "today"' });
  await running.release('v5', { verifiedIn: ['dev', 'qa', 'staging'] });
  await promote('waiting', { release: 'v5', to: 'production' });
  clock.advance(5 * 3600);

  await running.release('v6');
  const { qa } = running.deployments.of;
  const apply = qa.apply.bind(qa);
  jest.spyOn(qa, 'apply').mockImplementation((environment, desired, ...rest) => {
    qa.phase = desired.release === 'v6' ? 'failed' : 'available';
    return apply(environment, desired, ...rest);
  });
  await promote('rolled back', { release: 'v6', to: 'qa' });
  jest.restoreAllMocks();
  await running.release('v7');
  qa.phase = 'failed';
  await promote('rollback failed', { release: 'v7', to: 'qa' });

  const approvals = new WaitingApprovals(store, clock);
  const queue = new QueueReport(store, context.rules, log, clock);
  await new Tick(
    [
      { name: 'approvals', run: () => approvals.sweep() },
      { name: 'queue', run: () => queue.write() },
    ],
    log,
    clock,
  ).run();
  await approvals.sweep();
  running.health.isHealthy = false;
  await checkHealth(await installationChecks(context), log, clock, new AbortController().signal);
  await sweep();
  lines = Buffer.concat(chunks)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  entries = lines.map((line) => ingest(line, service));
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

const payloadOf = (entry: LogEntry) => entry['jsonPayload'] as Readonly<Record<string, string | number | boolean>>;
const ofEvent = (name: LogEventName) => entries.filter((entry) => payloadOf(entry)['event'] === name);
const selected = (name: LogEventName, more: Partial<Parameters<typeof logFilter>[1]> = {}) =>
  entries.filter(parseLoggingFilter(logFilter(name, { ...scope, ...more })));
const told = (name: LogEventName, ...fields: readonly string[]) =>
  selected(name).map((entry) => fields.map((field) => payloadOf(entry)[field]));

describe('what the engine writes for metrics and alerts', () => {
  it('is one line of JSON each, which Cloud Logging lifts severity, time, id and labels out of', () => {
    expect(lines.length).toBeGreaterThan(15);
    for (const entry of entries) {
      const { severity, timestamp, insertId, jsonPayload } = entry;
      const event = logEvents[payloadOf(entry)['event'] as LogEventName];
      expect(severity).toBe(event.severity);
      expect(new Date(String(timestamp)).toISOString()).toBe(timestamp);
      expect(insertId).toMatch(/\w/);
      expect(jsonPayload).toHaveProperty('message', expect.stringMatching(/\w/));
    }
    expect(new Set(entries.map(({ insertId }) => insertId)).size).toBe(entries.length);
    const [started] = selected('promotion-started');
    expect(started?.['labels']).toEqual({ promotion: made['succeeded'], application: 'shop' });
  });

  it('comes in every kind that there is', () => {
    expect(logEventNames.filter((name) => ofEvent(name).length === 0)).toEqual([]);
  });

  it.each(logEventNames)('has exactly the fields that %s is said to have', (name) => {
    const wanted = Object.entries(logEvents[name].fields).map(([field, { type }]) => [field, type]);
    const types = { string: 'text', number: 'number', boolean: 'truth' } as Readonly<Record<string, string>>;
    for (const entry of ofEvent(name)) {
      const { event: _event, message: _message, ...fields } = payloadOf(entry);
      expect(Object.entries(fields).map(([field, value]) => [field, types[typeof value]])).toEqual(wanted);
    }
  });
});

describe('the filter of', () => {
  const counted = (name: LogEventName) => {
    const { only = {} }: LogEvent = logEvents[name];
    return ofEvent(name).filter((entry) =>
      Object.entries(only).every(([field, value]) => payloadOf(entry)[field] === value),
    );
  };

  it.each(logEventNames)('%s selects its own lines and no others', (name) => {
    expect(selected(name)).toEqual(counted(name));
    expect(selected(name).length).toBeGreaterThan(0);
  });

  it.each(logEventNames)('%s selects nothing that another service, or another resource, wrote', (name) => {
    expect(selected(name, { services: ['shop-api'] })).toEqual([]);
    expect(selected(name, { services: ['shop-api', service] })).toEqual(selected(name));
    const matches = parseLoggingFilter(logFilter(name, scope));
    expect(entries.filter((entry) => matches({ ...entry, resource: { type: 'build', labels: {} } }))).toEqual([]);
    expect(matches({ ...entries[0], jsonPayload: undefined, textPayload: lines[0] })).toBe(false);
  });

  it.each(logEventNames)('%s, its labels and its value find nothing once a field is renamed', (name) => {
    const filter = logFilter(name, scope);
    const [entry] = selected(name);
    if (entry === undefined) throw new Error(`no line of ${name}`);
    const renamed = (field: string): LogEntry => {
      const { [field]: value, ...others } = payloadOf(entry);
      return { ...entry, jsonPayload: { ...others, [`${field}Renamed`]: value } };
    };
    const { only = {} }: LogEvent = logEvents[name];
    for (const field of ['event', ...Object.keys(only)]) {
      expect(filter).toContain(`jsonPayload.${field}=`);
      expect(parseLoggingFilter(filter)(renamed(field))).toBe(false);
    }
    const value = logValue(name)?.extractor;
    const extractors = [...Object.values(logLabelExtractors(name)), ...(value === undefined ? [] : [value])];
    for (const extractor of extractors) {
      expect(extract(extractor, entry)).toBeDefined();
      expect(extract(extractor, renamed(extractor.replace(/^EXTRACT\(jsonPayload\.|\)$/g, '')))).toBeUndefined();
    }
  });

  it('a pair selects what is promoted along its path alone', () => {
    const intoQa = selected('promotion-finished', { path: { from: 'dev', to: 'qa' } });
    expect(intoQa.map((entry) => payloadOf(entry)['promotion'])).toEqual([
      made['succeeded'],
      made['rolled back'],
      made['rollback failed'],
    ]);
    expect(selected('promotion-finished', { path: { from: 'qa', to: 'dev' } })).toEqual([]);
    expect(() => logFilter('tick', { ...scope, path: { from: 'dev', to: 'qa' } })).toThrow(
      'tick is about an installation, not about one path',
    );
    expect(() => logFilter('tick', { services: [] })).toThrow('needs the services that write it');
  });

  it('a name with a quote in it stays a name', () => {
    const name = 'a" OR jsonPayload.event="tick';
    expect(selected('promotion-started', { path: { from: name, to: 'qa\\' } })).toEqual([]);
  });
});

describe('what is told is what happened:', () => {
  it('how promotions ended, and how long they took, dry runs aside', () => {
    expect(ofEvent('promotion-started').map((entry) => payloadOf(entry)['promotion'])).toContain(made['dry run']);
    expect(told('promotion-started', 'promotion').map(([id]) => id)).not.toContain(made['dry run']);
    expect(told('promotion-finished', 'promotion', 'outcome')).toEqual([
      [made['succeeded'], 'succeeded'],
      [made['validation failed'], 'failed'],
      [made['rejected'], 'rejected'],
      [made['rolled back'], 'rolled-back'],
      [made['rollback failed'], 'rollback-failed'],
    ]);
    for (const [seconds] of told('promotion-finished', 'durationSeconds')) expect(seconds).toBeGreaterThanOrEqual(0);
  });

  it('what broke, once each, also when it was taken back, and not what a gate refused', () => {
    expect(told('promotion-failed', 'promotion', 'step')).toEqual([
      [made['rolled back'], 'deploy'],
      [made['rollback failed'], 'deploy'],
    ]);
    expect(told('rollback-failed', 'promotion')).toEqual([[made['rollback failed']]]);
  });

  it('every gate that failed, each by its name', () => {
    expect(told('validation-failed', 'promotion', 'type')).toEqual([
      [made['validation failed'], 'tests'],
      [made['validation failed'], 'coverage'],
    ]);
  });

  it('how many migrations ran, and for how long', () => {
    expect(told('migration-finished', 'promotion', 'migrations')).toEqual([[made['succeeded'], 1]]);
  });

  it('who is asked for an approval, once', () => {
    expect(told('approval-needed', 'promotion', 'detail')).toEqual([
      [made['rejected'], expect.stringContaining('first')],
      [made['waiting'], expect.stringContaining('first')],
    ]);
  });

  it('who has waited too long for an approval, once however often it is looked at', () => {
    const [waiting, ...more] = told('approval-waiting', 'promotion', 'waitedSeconds');
    expect(more).toEqual([]);
    expect(waiting?.[0]).toBe(made['waiting']);
    expect(waiting?.[1]).toBeGreaterThanOrEqual(5 * 3600);
  });

  it('how many wait on every path, also none', () => {
    expect(told('queue-length', 'from', 'environment', 'waitingFor', 'promotions')).toEqual([
      ['dev', 'qa', 'slot', 0],
      ['dev', 'qa', 'approval', 0],
      ['qa', 'staging', 'slot', 0],
      ['qa', 'staging', 'approval', 0],
      ['staging', 'production', 'slot', 0],
      ['staging', 'production', 'approval', 1],
    ]);
  });

  it('which environments are not well, of those where nothing moves right now', () => {
    const error = 'api: answered 503';
    expect(told('health-check-failing', 'check', 'error')).toEqual([
      ['shop in dev', error],
      ['shop in production', error],
      ['shop in staging', error],
    ]);
  });
});

describe('what is written for the metrics', () => {
  it.each([
    ['promotion-finished', 'EXTRACT(jsonPayload.durationSeconds)', 's'],
    ['migration-finished', 'EXTRACT(jsonPayload.durationSeconds)', 's'],
    ['queue-length', 'EXTRACT(jsonPayload.promotions)', '1'],
    ['tick', 'EXTRACT(jsonPayload.durationSeconds)', 's'],
  ] as const)('%s is measured by its number and unit', (name, extractor, unit) => {
    expect(logValue(name)).toEqual({ extractor, unit });
  });

  it('names are what dashboards and alerts outside may rely on', () => {
    expect(logFilter('promotion-finished', { ...scope, path: { from: 'staging', to: 'prod' } }).split('\n')).toEqual([
      'resource.type="cloud_run_revision"',
      'resource.labels.service_name="promotion-worker"',
      'jsonPayload.event="promotion-finished"',
      'jsonPayload.kind="promote"',
      'jsonPayload.isDryRun=false',
      'jsonPayload.from="staging"',
      'jsonPayload.environment="prod"',
    ]);
    expect(logLabelExtractors('promotion-finished')).toEqual({
      application: 'EXTRACT(jsonPayload.application)',
      from: 'EXTRACT(jsonPayload.from)',
      environment: 'EXTRACT(jsonPayload.environment)',
      outcome: 'EXTRACT(jsonPayload.outcome)',
    });
    expect(logValue('promotion-started')).toBeUndefined();
  });
});
