import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../engine/store/embedded/free-port.ts';
import { seededRandom, shuffled } from '../chaos/random.ts';
import { operator, ServiceDesk } from '../engine/service/service-fixture.ts';
import { give, type Command, type Outcome } from './commander.ts';
import { Follower } from './follower.ts';
import { Instance } from './instance.ts';
import { judgeEffects, judgeStreams } from './judge.ts';

export interface TrialOptions {
  readonly seed: number;
  /** For how long instances are killed while commands are given. */
  readonly stormSeconds: number;
}

export interface TrialResult {
  readonly seed: number;
  readonly commands: number;
  readonly kills: number;
  /** Streams that were cut off and went on elsewhere. */
  readonly reconnections: number;
  /** How long it took until a command that was answered was seen on the streams of the other instances. */
  readonly seen: { readonly count: number; readonly meanMs: number; readonly highestMs: number };
  readonly findings: readonly string[];
}

/** A command that was given, with what came of it. */
export interface Given {
  readonly command: Command;
  readonly outcome: Outcome;
  readonly givenAtMs: number;
  /** The promotion that it is about or made; undefined: none. */
  readonly promotion: string | undefined;
}

const instances = 3;
const calmCommands = 30;
const commanders = 4;
/** What is still on its way when the storm is over comes in this time. */
const settlingMs = 10_000;

/**
 * Three servers on one database. First nobody is killed, and each command that one of them answers has to be seen on the
 * streams of the others. Then each is killed at random moments, while commands are given and streams followed.
 */
export async function holdTrial(database: string, { seed, stormSeconds }: TrialOptions): Promise<TrialResult> {
  const random = seededRandom(seed);
  const desk = await ServiceDesk.open(database);
  const servers: Instance[] = [];
  const followers: Follower[] = [];
  try {
    for (let index = 0; index < instances; index += 1) {
      servers.push(new Instance(database, await findFreePort('127.0.0.1', undefined)));
    }
    for (const server of servers) await server.start();
    const choose = (): Instance => pick(servers, random);
    const promotions = [await desk.run({ isDryRun: true }), await desk.run({ isDryRun: true })];
    const follow = (path: string, chosen: () => Instance): Follower => {
      const follower = new Follower(path, chosen);
      followers.push(follower);
      return follower;
    };

    const own = servers.map((server) => follow('/api/stream', () => server));
    for (const follower of own) await follower.until(({ messages }) => messages.length > 0, settlingMs);
    const seenMs: number[] = [];
    const given: Given[] = [];
    for (let index = 0; index < calmCommands; index += 1) {
      const command = noteOn(pick(promotions, random), `calm-${String(index)}`);
      const by = servers[index % servers.length] ?? choose();
      const marks = own.map(({ messages }) => messages.length);
      const one = await giveOne(command, () => by);
      given.push(one);
      const answeredAtMs = performance.now();
      for (const [place, follower] of own.entries()) {
        if (servers[place] === by) continue;
        await follower.until(({ messages }) => tells(messages.slice(marks[place]), one.promotion), settlingMs);
        const news = follower.messages.slice(marks[place]).find((message) => tells([message], one.promotion));
        seenMs.push(news === undefined ? settlingMs : Math.max(0, news.atMs - answeredAtMs));
      }
    }

    const changes = Array.from({ length: 3 }, () => follow('/api/stream', choose));
    const courses = promotions.flatMap((id) =>
      Array.from({ length: 2 }, () => ({ id, follower: follow(`/api/promotions/${id}/stream`, choose) })),
    );
    for (const follower of [...changes, ...courses.map((each) => each.follower)]) {
      await follower.until(({ messages }) => messages.length > 0, settlingMs);
    }
    const storm = new AbortController();
    const end = setTimeout(() => {
      storm.abort();
    }, stormSeconds * 1000);
    await Promise.all([
      killInTurn(servers, random, storm.signal),
      writeLines(desk, promotions, storm.signal),
      ...Array.from({ length: commanders }, async (_, index) => {
        for (let count = 0; !storm.signal.aborted; count += 1) {
          const command = makeCommand(pick(promotions, random), `${String(index)}-${String(count)}`, random);
          const one = await giveOne(command, choose);
          given.push(one);
          // Sent again, it has to be answered the same, by whichever instance.
          if (random() < 0.5) given.push(await giveOne(command, choose));
          await pause(50 * random());
        }
      }),
    ]);
    clearTimeout(end);
    const streams = { changes, courses };
    const findings = [
      ...(await judgeEffects(desk, given)),
      ...(await judgeStreams(desk, given, streams, settlingMs)),
      ...seenMs.filter((ms) => ms >= 1000).map((ms) => `a command was seen elsewhere only after ${ms.toFixed(0)} ms`),
      ...servers.filter(({ kills }) => kills === 0).map(({ url }) => `${url} was never killed`),
    ];
    return {
      seed,
      commands: given.length,
      kills: servers.reduce((sum, { kills }) => sum + kills, 0),
      reconnections: followers.reduce((sum, { connections }) => sum + connections - 1, 0),
      seen: {
        count: seenMs.length,
        meanMs: Math.round(seenMs.reduce((sum, ms) => sum + ms, 0) / seenMs.length),
        highestMs: Math.round(Math.max(...seenMs)),
      },
      findings,
    };
  } finally {
    for (const follower of followers) await follower.leave();
    for (const server of servers) await server.kill();
    await desk.close();
  }
}

async function giveOne(command: Command, choose: () => Instance): Promise<Given> {
  const givenAtMs = performance.now();
  const outcome = await give(command, choose);
  if (outcome.status >= 300) throw new Error(`${command.key} was refused: ${String(outcome.status)} ${outcome.text}`);
  const made = /"promotion":"(pr-[0-9a-f]+)"/.exec(outcome.text)?.[1];
  const about = /\/promotions\/(pr-[0-9a-f]+)\//.exec(command.path)?.[1];
  return { command, outcome, givenAtMs, promotion: about ?? made };
}

function tells(
  messages: readonly { readonly event: string; readonly data: Record<string, unknown> }[],
  id: string | undefined,
): boolean {
  return messages.some(
    ({ event, data }) =>
      event === 'reset' || (data['promotions'] as readonly unknown[] | undefined)?.includes(id) === true,
  );
}

function noteOn(promotion: string, name: string): Command {
  return { path: `/api/promotions/${promotion}/notes`, body: { text: name }, person: operator.id, key: `note-${name}` };
}

/** What people do most: they note something down, ask for a promotion, hold an environment. */
function makeCommand(promotion: string, name: string, random: () => number): Command {
  const kind = random();
  const person = operator.id;
  if (kind < 0.5) return noteOn(promotion, name);
  if (kind < 0.85) {
    const body = { application: 'shop', release: 'v2', to: 'qa', isDryRun: true, reason: name };
    return { path: '/api/promotions', body, person, key: `run-${name}` };
  }
  const body = { application: 'shop', environment: 'production', reason: name };
  return { path: '/api/holds', body, person, key: `hold-${name}` };
}

/** One after the other, in another order each round, so that none is spared; never all at once. */
async function killInTurn(servers: readonly Instance[], random: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const server of shuffled(servers, random)) {
      await pause(200 + 1000 * random());
      await server.kill();
      await pause(300 * random());
      await server.start();
    }
  }
}

/** What steps write comes beside what people do. */
async function writeLines(desk: ServiceDesk, promotions: readonly string[], signal: AbortSignal): Promise<void> {
  for (let count = 0; !signal.aborted; count += 1) {
    const at = new Date();
    const lines = promotions.map((promotionId) => {
      return { promotionId, step: 'initialize', attempt: 1, at, line: `line ${String(count)}` };
    });
    await desk.store.appendLogs(lines);
    await pause(20);
  }
}

function pick<Item>(from: readonly Item[], random: () => number): Item {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('there is nothing to pick from');
  return chosen;
}
