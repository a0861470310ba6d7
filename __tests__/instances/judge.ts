import type { ServiceDesk } from '../engine/service/service-fixture.ts';
import type { Follower } from './follower.ts';
import type { Given } from './trial.ts';

export interface FollowedStreams {
  /** Of everything. */
  readonly changes: readonly Follower[];
  /** Of one promotion each. */
  readonly courses: readonly { readonly id: string; readonly follower: Follower }[];
}

/** Whether each command that was answered did what it says, once, and is answered the same whoever is asked again. */
export async function judgeEffects(desk: ServiceDesk, given: readonly Given[]): Promise<readonly string[]> {
  const findings: string[] = [];
  const byKey = Map.groupBy(given, ({ command }) => command.key);
  for (const [key, own] of byKey) {
    const texts = new Set(own.map(({ outcome }) => `${String(outcome.status)} ${outcome.text}`));
    if (texts.size > 1) findings.push(`${key} was answered in ${String(texts.size)} ways: ${[...texts].join(' | ')}`);
    const refused = own.filter(({ outcome }) => outcome.status >= 300);
    findings.push(...refused.map(({ outcome }) => `${key} was refused: ${String(outcome.status)} ${outcome.text}`));
  }
  const notes = new Map<string, number>();
  for (const id of new Set(given.flatMap(({ promotion }) => promotion ?? []))) {
    for (const { text } of await desk.store.notes(id)) notes.set(text, (notes.get(text) ?? 0) + 1);
  }
  const asked = new Map<string, number>();
  for (const { reason } of await desk.store.listPromotions({ limit: 100_000 })) {
    if (reason !== undefined) asked.set(reason, (asked.get(reason) ?? 0) + 1);
  }
  for (const [key, [first]] of byKey) {
    const [kind = '', ...rest] = key.split('-');
    if (first === undefined || kind === 'hold') continue;
    const count = (kind === 'note' ? notes : asked).get(rest.join('-')) ?? 0;
    if (count !== 1) findings.push(`${key} was acknowledged and is there ${String(count)} times`);
  }
  return findings;
}

/** Whether streams told everything, and nothing twice that is told once. */
export async function judgeStreams(
  desk: ServiceDesk,
  given: readonly Given[],
  { changes, courses }: FollowedStreams,
  settlingMs: number,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const { id, follower } of courses) {
    const events = (await desk.store.events(id)).map(({ seq }) => seq);
    const lines = (await desk.store.logs(id, 0, 1_000_000)).map(({ seq }) => seq);
    await follower.until(
      (each) =>
        seqsOf(each, 'log', 'lines').length >= lines.length && seqsOf(each, 'event', 'events').length >= events.length,
      settlingMs,
    );
    findings.push(...difference(`the trail of ${id}`, events, seqsOf(follower, 'event', 'events')));
    findings.push(...difference(`the log of ${id}`, lines, seqsOf(follower, 'log', 'lines')));
  }
  for (const follower of changes) {
    // What may have changed is told again and again; it must be told after each time that it did.
    const from = follower.messages[0]?.atMs ?? 0;
    const due = given.filter(({ promotion, givenAtMs }) => promotion !== undefined && givenAtMs > from);
    const isTold = ({ promotion, givenAtMs }: Given): boolean =>
      follower.messages.some(
        ({ atMs, event, data }) =>
          atMs >= givenAtMs &&
          (event === 'reset' || (data['promotions'] as readonly unknown[] | undefined)?.includes(promotion) === true),
      );
    await follower.until(() => due.every(isTold), settlingMs);
    findings.push(...due.filter((each) => !isTold(each)).map(({ command }) => `${command.key} was never told`));
  }
  return findings;
}

function seqsOf(follower: Follower, event: string, field: string): readonly number[] {
  return (follower.of(event, field) as readonly { readonly seq: number }[]).map(({ seq }) => seq);
}

function difference(what: string, stored: readonly number[], told: readonly number[]): readonly string[] {
  if (JSON.stringify(stored) === JSON.stringify(told)) return [];
  const missed = stored.filter((seq) => !told.includes(seq));
  const doubled = told.filter((seq, index) => told.indexOf(seq) !== index);
  return [
    `${what}: ${String(stored.length)} are stored and ${String(told.length)} were told; missed ${missed.join(' ')}; twice ${doubled.join(' ')}`,
  ];
}
