import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { describe } from '../workflow/statistics.ts';
import { fillDataset } from './fill-dataset.ts';
import { NativeServer } from './native-server.ts';
import { findNativeTools } from './native-tools.ts';

/**
 * How long it takes to copy a database of 1.9 GB from one server to another on this machine, beside what people use for it, in
 * turn and each into an empty database.
 *
 * Usage: npm run bench:db-migration [-- --scale 0.1] [--rounds 5]
 */
const wantedRatio = 0.8;
const { values } = parseArgs({ options: { scale: { type: 'string' }, rounds: { type: 'string' } } });
const scale = Number(values.scale ?? 1);
const rounds = Number(values.rounds ?? 5);

interface Taken {
  readonly seconds: number;
  readonly cpuSeconds?: number;
  readonly peakMegabytes?: number;
}
type Copy = (database: string) => Promise<Omit<Taken, 'seconds'>>;

const tools = await findNativeTools();
const folder = await mkdtemp(join(tmpdir(), 'bench-db-migration-'));
const [source, target] = await Promise.all([NativeServer.start(tools), NativeServer.start(tools)]);
try {
  await source.run('CREATE DATABASE origin');
  console.log(`${tools.version}; a database of scale ${String(scale)} is written …`);
  await fillDataset(source.url('origin'), scale);
  const wanted = await countsOf(source.url('origin'));
  const sides: Readonly<Record<string, Copy>> = {
    'Promotion Process': copyByUs,
    'pg_dump and pg_restore': dumpAndRestore,
    ...(tools.pgcopydb === undefined ? {} : { pgcopydb }),
  };
  const taken = new Map<string, Taken[]>(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const inTurn = Object.entries(sides).map((_, index, all) => all[(index + round) % all.length] ?? all[0]);
    for (const side of inTurn) {
      if (side === undefined) continue;
      const [name, copy] = side;
      const database = `round_${String(round)}`;
      await target.run(`CREATE DATABASE ${database}`);
      await Promise.all([source.run('CHECKPOINT'), target.run('CHECKPOINT')]);
      const began = performance.now();
      const more = await copy(database);
      const seconds = (performance.now() - began) / 1000;
      const found = await countsOf(target.url(database));
      if (found !== wanted) throw new Error(`${name} copied ${found}, not ${wanted}`);
      await target.run(`DROP DATABASE ${database}`);
      taken.get(name)?.push({ seconds, ...more });
      console.log(`  round ${String(round + 1)}  ${name.padEnd(24)} ${seconds.toFixed(1).padStart(7)} s`);
    }
  }
  await tell(taken);
} finally {
  await Promise.all([source.stop(), target.stop()]);
  await rm(folder, { recursive: true, force: true });
}

async function copyByUs(database: string): Promise<Omit<Taken, 'seconds'>> {
  await writeFile(join(folder, 'origin'), source.url('origin'));
  await writeFile(join(folder, 'round'), target.url(database));
  const child = fork(join(import.meta.dirname, 'run-copy.ts'), [folder, 'origin', 'round'], { execArgv: process.execArgv });
  const told = once(child, 'message') as Promise<[Omit<Taken, 'seconds'>]>;
  const ended = once(child, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`our copy ended with ${String(code)}`);
  });
  const [[more]] = await Promise.all([told, ended]);
  return more;
}

async function dumpAndRestore(database: string): Promise<object> {
  const dump = join(folder, 'dump');
  await command(join(tools.folder, 'pg_dump'), ['-Fd', '-Z0', '-j2', '-f', dump, source.url('origin')]);
  await command(join(tools.folder, 'pg_restore'), ['-j2', '-d', target.url(database), dump]);
  await rm(dump, { recursive: true });
  return {};
}

async function pgcopydb(database: string): Promise<object> {
  const work = join(folder, 'pgcopydb');
  await command('pgcopydb', [
    'clone',
    ...['--source', source.url('origin'), '--target', target.url(database), '--dir', work],
    ...['--table-jobs', '2', '--index-jobs', '2', '--split-tables-larger-than', '128MB'],
  ]);
  await rm(work, { recursive: true });
  return {};
}

async function command(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`${file} ended with ${String(code)}: ${Buffer.concat(said).toString().slice(-2000)}`);
}

/** How many rows each table has. */
async function countsOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const counts: string[] = [];
    for (const table of ['branches', 'accounts', 'customers', 'events', 'docs']) {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
      counts.push(`${table} ${rows[0]?.count ?? '?'}`);
    }
    return counts.join(', ');
  } finally {
    await client.end();
  }
}

async function tell(taken: ReadonlyMap<string, readonly Taken[]>): Promise<void> {
  const sides = [...taken].map(([name, all]) => ({ name, ...describe(all.map((each) => each.seconds)) }));
  const [ours, ...others] = sides;
  const [peer] = others.toSorted((one, other) => one.median - other.median);
  if (ours === undefined || peer === undefined) throw new Error('there is nobody to compare with');
  const ratio = ours.median / peer.median;
  const own = taken.get(ours.name) ?? [];
  const cpuShare = Math.max(...own.map((each) => (each.cpuSeconds ?? 0) / (each.seconds * availableParallelism())));
  const peakMegabytes = Math.max(...own.map((each) => each.peakMegabytes ?? 0));
  console.log(`\nseconds${' '.repeat(24)}median    lowest … highest`);
  for (const { name, median, lowest, highest } of sides) {
    const [middle, least, most] = [median, lowest, highest].map((each) => each.toFixed(1).padStart(7));
    console.log(`${name.padEnd(28)} ${middle ?? ''}   ${least ?? ''} … ${most ?? ''}`);
  }
  console.log(`\n${ratio.toFixed(2)} of the time of ${peer.name} (wanted: at most ${String(wantedRatio)})`);
  console.log(`our process: ${(100 * cpuShare).toFixed(1)} % of the processors, ${peakMegabytes.toFixed(0)} MB at most`);
  const result = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    versions: { postgres: tools.version, pgcopydb: tools.pgcopydb ?? null },
    scale,
    rounds,
    seconds: Object.fromEntries(sides.map(({ name, ...distribution }) => [name, distribution])),
    peer: peer.name,
    ratio: Math.round(ratio * 100) / 100,
    wantedRatio,
    ourProcess: { cpuShare: Math.round(cpuShare * 1000) / 1000, peakMegabytes: Math.round(peakMegabytes) },
  };
  await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = ratio > wantedRatio ? 1 : 0;
}
