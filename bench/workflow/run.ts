import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { describeEmbeddedPostgres } from '../../engine/store/embedded/describe-embedded-postgres.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { sideNames, stepCount, type SideName } from './side.ts';
import { describe, type Distribution } from './statistics.ts';

const concurrency = 20;
const wantedRatio = 2;
const settings = z
  .object({
    BENCH_ROUNDS: z.coerce.number().int().positive().default(5),
    BENCH_COUNT: z.coerce.number().int().positive().default(400),
  })
  .parse(process.env);

const titles: Readonly<Record<SideName, string>> = {
  ours: 'Promotion Process',
  'dbos-queue': 'DBOS, a queue',
  'dbos-direct': 'DBOS, started directly',
};

/** Whoever stops the benchmark must not find its server running. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort(new Error(`stopped by ${signal}`));
  });
}

/** One round in a process of its own. @returns promotions, or workflows, per second. */
async function measure(side: SideName, databaseUrl: string, round: string): Promise<number> {
  const child = fork(join(import.meta.dirname, 'run-side.ts'), {
    env: {
      ...process.env,
      BENCH_SIDE: side,
      BENCH_DATABASE_URL: databaseUrl,
      BENCH_ROUND: round,
      BENCH_COUNT: String(settings.BENCH_COUNT),
      BENCH_CONCURRENCY: String(concurrency),
    },
    // DBOS 5.3 warns about its own use of the driver.
    execArgv: ['--no-deprecation'],
    signal: interrupted.signal,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let seconds: number | undefined;
  child.on('message', (message) => {
    seconds = z.object({ seconds: z.number().positive() }).parse(message).seconds;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0 || seconds === undefined) {
    throw new Error(`${titles[side]} did not finish round ${round}: ${String(signal ?? code)}`);
  }
  return settings.BENCH_COUNT / seconds;
}

async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function versionOfPackage(name: string): Promise<string> {
  const file = join(import.meta.dirname, '..', '..', 'node_modules', name, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version;
}

function row(title: string, { median, lowest, highest }: Distribution): string {
  const number = (value: number): string => value.toFixed(1).padStart(7);
  return `${title.padEnd(24)}${number(median)}   ${number(lowest)} …${number(highest)}`;
}

const parent = await mkdtemp(join(tmpdir(), 'promotion-bench-'));
const directory = join(parent, 'postgres');
try {
  const postgres = await ensureEmbeddedPostgres({ directory });
  const databases: Readonly<Record<SideName, string>> = {
    ours: await createDatabase(postgres.url, 'ours'),
    'dbos-queue': await createDatabase(postgres.url, 'dbos_queue'),
    'dbos-direct': await createDatabase(postgres.url, 'dbos_direct'),
  };
  const rates: Readonly<Record<SideName, number[]>> = { ours: [], 'dbos-queue': [], 'dbos-direct': [] };
  console.log(
    `${String(settings.BENCH_COUNT)} of ${String(stepCount)} steps each, ${String(concurrency)} side by side, ` +
      `${String(settings.BENCH_ROUNDS)} rounds, Postgres ${postgres.version}`,
  );
  for (let round = 0; round < settings.BENCH_ROUNDS; round += 1) {
    // Whoever comes first in a round changes, so that nobody always runs after the same neighbour.
    const order = [...sideNames.slice(round % sideNames.length), ...sideNames.slice(0, round % sideNames.length)];
    for (const side of order) {
      const rate = await measure(side, databases[side], `r${String(round + 1)}`);
      rates[side].push(rate);
      console.log(`  round ${String(round + 1)}  ${titles[side].padEnd(24)}${rate.toFixed(1).padStart(7)} /s`);
    }
  }

  const distributions = {
    ours: describe(rates.ours),
    'dbos-queue': describe(rates['dbos-queue']),
    'dbos-direct': describe(rates['dbos-direct']),
  };
  const peer: SideName =
    distributions['dbos-queue'].median > distributions['dbos-direct'].median ? 'dbos-queue' : 'dbos-direct';
  const ratio = distributions.ours.median / distributions[peer].median;
  console.log(`\nper second${' '.repeat(14)} median    lowest … highest`);
  for (const side of sideNames) console.log(row(titles[side], distributions[side]));
  console.log(`\n${ratio.toFixed(2)} × ${titles[peer]} (wanted: at least ${String(wantedRatio)} ×)`);

  const result = {
    date: new Date().toISOString(),
    versions: {
      node: process.versions.node,
      postgres: postgres.version,
      dbos: await versionOfPackage('@dbos-inc/dbos-sdk'),
    },
    machine: { processors: availableParallelism(), model: cpus()[0]?.model ?? 'unknown' },
    workload: {
      promotions: settings.BENCH_COUNT,
      steps: stepCount,
      concurrency,
      rounds: settings.BENCH_ROUNDS,
      unit: 'completed per second, from the first request until the last is stored as completed',
    },
    perSecond: distributions,
    peer,
    ratio: Number(ratio.toFixed(2)),
  };
  await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  if (ratio < wantedRatio) process.exitCode = 1;
} finally {
  const { dataDirectory } = await describeEmbeddedPostgres({ directory });
  await stopEmbeddedPostgres({ directory });
  await rm(parent, { recursive: true, force: true });
  // As root, the data belong to another user and lie elsewhere.
  await rm(join(dataDirectory, '..'), { recursive: true, force: true });
}
