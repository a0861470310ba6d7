import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import * as z from 'zod';
import { EnvironmentError, readEnvironment } from '../platform/environment.ts';
import { Flags, bucketOf } from '../platform/flags.ts';
import { readSettings } from '../platform/settings.ts';
import { recordedLog } from './recorded-log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shop-tests-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true });
});

const fileWith = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const complete = {
  PORT: '8080',
  RELEASE: 'v1',
  CONFIG_FILE: '/values.json',
  CATALOGUE_URL: 'http://127.0.0.1:1/',
  JWT_SECRET: 'x'.repeat(32),
};

await test('the environment yields numbers, addresses without a last slash, and defaults', () => {
  const environment = readEnvironment(['CATALOGUE_URL'], complete);
  assert.deepEqual(environment, {
    PORT: 8080,
    RELEASE: 'v1',
    CONFIG_FILE: '/values.json',
    LAME_DUCK_MS: 250,
    CATALOGUE_URL: 'http://127.0.0.1:1',
  });
});

await test('every variable that is missing or wrong is named at once, and no value is told', () => {
  const environment = { ...complete, PORT: 'eighty', JWT_SECRET: 'hunter2', RELEASE: undefined };
  assert.throws(
    () => readEnvironment(['JWT_SECRET', 'DATABASE_URL'], environment),
    (error: unknown) => {
      assert.ok(error instanceof EnvironmentError);
      assert.match(error.message, /PORT is not valid.*JWT_SECRET is not valid: must have at least 32 characters/);
      assert.match(error.message, /RELEASE is not set/);
      assert.match(error.message, /DATABASE_URL is not set/);
      assert.doesNotMatch(error.message, /hunter2|eighty/);
      return true;
    },
  );
});

await test('settings that a newer release brought are left alone', () => {
  const file = fileWith('newer.json', { release: 'v9', settings: { currency: 'EUR', fromTheFuture: true } });
  assert.deepEqual(readSettings(file, { currency: z.string() }), { currency: 'EUR' });
});

await test('a setting that is missing is named with its place and its file', () => {
  const file = fileWith('empty.json', { settings: {} });
  assert.throws(() => readSettings(file, { currency: z.string() }), /empty\.json cannot be used\. settings\.currency/);
});

await test('a subject stays in its bucket, and a percentage takes about its share of subjects', () => {
  const buckets = Array.from({ length: 2_000 }, (_, index) => bucketOf('gift-notes', `customer-${String(index)}`));
  assert.ok(buckets.every((bucket) => bucket >= 0 && bucket < 100));
  assert.equal(bucketOf('gift-notes', 'ana'), bucketOf('gift-notes', 'ana'));
  const share = buckets.filter((bucket) => bucket < 25).length / buckets.length;
  assert.ok(share > 0.2 && share < 0.3, `a quarter was asked for, ${String(share)} came`);
});

await test('a flag is on only when it is defined, enabled and the subject is within its percentage', () => {
  const { log } = recordedLog();
  const file = fileWith('flags.json', {
    flags: [
      { key: 'all', isEnabled: true, percentage: 100 },
      { key: 'nobody', isEnabled: true, percentage: 0 },
      { key: 'off', isEnabled: false, percentage: 100 },
    ],
  });
  const flags = new Flags(file, log);
  assert.deepEqual(
    ['all', 'nobody', 'off', 'unheard-of'].map((key) => flags.isOn(key, 'ana')),
    [true, false, false, false],
  );
  flags.close();
});

await test('a flags file that is replaced is read again; one that cannot be read changes nothing', () => {
  const { log, lines } = recordedLog();
  const file = fileWith('changing.json', { flags: [] });
  const flags = new Flags(file, log);
  renameSync(fileWith('next.json', { flags: [{ key: 'all', isEnabled: true, percentage: 100 }] }), file);
  flags.readAgain();
  assert.equal(flags.isOn('all', 'ana'), true);

  writeFileSync(file, '{ "flags": [');
  flags.readAgain();
  flags.readAgain();
  assert.equal(flags.isOn('all', 'ana'), true);
  assert.deepEqual(
    lines().map((line) => line['event']),
    ['flags-unreadable'],
  );
  flags.close();
});

await test('a flags file that does not exist means that every feature is off, and is logged', () => {
  const { log, lines } = recordedLog();
  const flags = new Flags(path.join(folder, 'absent.json'), log);
  assert.equal(flags.isOn('all', 'ana'), false);
  assert.match(String(lines()[0]?.['message']), /ENOENT/);
  flags.close();
});
