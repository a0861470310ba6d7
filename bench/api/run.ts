import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Actor } from '../../engine/promotion-service.ts';
import { newestRelease } from '../scale/fill-database.ts';
import { applicationName, installationSize as size } from '../scale/installation-size.ts';
import { openLargeInstallation, type LargeInstallation } from '../scale/large-installation.ts';
import { percentiles, type Percentiles } from '../scale/percentiles.ts';
import { pagesOf } from './pages.ts';
import { Reader } from './reader.ts';
import { intoProduction, waitForApproval } from './waiting.ts';

/**
 * How long the API takes to answer while 50 people read at once, on an installation of 1,000 applications in 7 environments
 * with 100,000 promotions behind them, 250 on their way and 200 that wait for people. Each reads on: he asks again once he has
 * his answer and has looked at it for a second. The server, its database and those who read share the machine.
 *
 * Usage: npm run bench:api [-- --page <part of its title>]. Only a run of all pages is kept in result.json.
 */
const users = 50;
const asksEach = 20;
const looksMs = 1000;
const wantedP99Ms = 50;
const onTheirWay = 50;
const waiting = 200;

interface Measured extends Percentiles {
  readonly kilobytes: number;
  /** Of the server alone, for each answer. */
  readonly cpuMs: number;
  /** Of all processors of the machine, by whatever. */
  readonly machineBusyPercent: number;
}

const { values } = parseArgs({ options: { page: { type: 'string' } } });
const ana: Actor = { id: 'ana@shop.example', verified: true, roles: ['operator', 'viewer'], via: 'ui' };

const installation = await openLargeInstallation(intoProduction);
try {
  const { client } = installation;
  await fill(installation);
  const child = fork(join(import.meta.dirname, 'serve.ts'), [installation.databaseUrl], { execArgv: process.execArgv });
  try {
    const [{ url: address }] = (await once(child, 'message')) as [{ readonly url: string }];
    const cpuMs = async (): Promise<number> => {
      child.send('cpu');
      const [told] = (await once(child, 'message')) as [{ readonly cpuMs: number }];
      return told.cpuMs;
    };
    const results: Record<string, Measured> = {};
    console.log(`\n${'(ms)'.padEnd(34)}      p50      p95      p99       kB  cpu each   busy %`);
    for (const [title, page] of Object.entries(await pagesOf(client))) {
      if (!title.includes(values.page ?? '')) continue;
      results[title] = await measure(address, page, cpuMs);
      const { p50, p95, p99, kilobytes, cpuMs: each, machineBusyPercent: busy } = results[title];
      const figures = [p50, p95, p99, kilobytes, each, busy].map((figure) => figure.toFixed(1).padStart(8));
      console.log(`${title.padEnd(34)} ${figures.join(' ')}`);
    }
    const slow = Object.values(results).filter(({ p99 }) => p99 >= wantedP99Ms).length;
    process.exitCode = slow > 0 ? 1 : 0;
    if (values.page === undefined) await keep(results);
  } finally {
    if (child.connected) child.send('stop');
    if (child.exitCode === null) await once(child, 'exit');
  }
} finally {
  await installation.close();
}

/** Some promotions are on their way and some wait for people, as on any day. */
async function fill({ service, client }: LargeInstallation): Promise<void> {
  const asked: string[] = [];
  for (let index = 0; index < onTheirWay + waiting; index += 1) {
    const to = index < onTheirWay ? 'qa' : 'production';
    asked.push(await service.run(ana, { application: applicationName(index * 4), release: newestRelease, to }));
  }
  await waitForApproval(client, asked.slice(onTheirWay));
  // As an installation is that was not filled a moment ago: what the server does about that is done.
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
}

async function measure(address: string, page: () => string, cpuMs: () => Promise<number>): Promise<Measured> {
  const readers = Array.from({ length: users }, (_, index) => new Reader(address, `user-${String(index)}`));
  const ask = async (reader: Reader): Promise<{ readonly tookMs: number; readonly bytes: number }> => {
    const path = page();
    const answer = await reader.ask(path);
    if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${answer.text()}`);
    return answer;
  };
  try {
    for (const reader of readers) await ask(reader);
    const [cpuBefore, machineBefore] = [await cpuMs(), machineTimes()];
    const answers = await Promise.all(
      readers.map(async (reader) => {
        await pause(Math.random() * looksMs);
        const own: { readonly tookMs: number; readonly bytes: number }[] = [];
        for (let index = 0; index < asksEach; index += 1) {
          own.push(await ask(reader));
          await pause(looksMs * (0.5 + Math.random()));
        }
        return own;
      }),
    );
    const machine = machineTimes();
    const all = answers.flat();
    return {
      ...percentiles(all.map(({ tookMs }) => tookMs)),
      kilobytes: round(all.reduce((sum, { bytes }) => sum + bytes, 0) / all.length / 1000),
      cpuMs: round(((await cpuMs()) - cpuBefore) / all.length),
      machineBusyPercent: round((100 * (machine.busy - machineBefore.busy)) / (machine.all - machineBefore.all)),
    };
  } finally {
    for (const reader of readers) reader.close();
  }
}

function machineTimes(): { readonly busy: number; readonly all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const sum = Object.values(times).reduce((total, each) => total + each, 0);
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}

async function keep(results: Readonly<Record<string, Measured>>): Promise<void> {
  const result = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    size: { ...size, onTheirWay, waiting },
    users,
    wantedP99Ms,
    milliseconds: results,
  };
  await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
