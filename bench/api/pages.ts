import type { Client } from 'pg';
import { applicationName, installationSize as size, now } from '../scale/installation-size.ts';

/** Lines that the steps of a promotion wrote, of which one page shows. */
const lines = 500;

/** What people read: each page by its title, with an address that is another one each time where people look at various things. */
export async function pagesOf(client: Client): Promise<Readonly<Record<string, () => string>>> {
  const { rows } = await client.query<{ id: string; application: string; ended_at: Date | null }>(
    'select id, application, ended_at from promotion where ended_at is not null order by random() limit 500',
  );
  const waiting = await client.query<{ id: string }>("select id from promotion where state = 'PENDING_APPROVAL'");
  await client.query(
    `insert into step_log (promotion_id, step, attempt, at, line)
     select id, 'deploy', 1, $2::timestamptz, 'line ' || n || ' of what a step wrote, as long as such lines are'
     from unnest($1::text[]) as id, generate_series(1, $3::int) as n`,
    [rows.slice(0, 50).map(({ id }) => id), now, lines],
  );
  const pick = <Item>(from: readonly Item[]): Item => {
    const chosen = from[Math.floor(Math.random() * from.length)];
    if (chosen === undefined) throw new Error('there is nothing to pick from');
    return chosen;
  };
  const application = (): string => applicationName(Math.floor(Math.random() * size.applications));
  const promotion = (): string => pick(rows).id;
  const cursor = (...place: readonly string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');
  /** Where one page ends and another one begins, for whoever scrolls. */
  const lastOfAPage = (): string => applicationName(50 * Math.ceil(Math.random() * (size.applications / 50 - 1)) - 1);
  /** Somewhere among all that are over. */
  const deep = (): string => {
    const { id, ended_at: endedAt } = pick(rows);
    return cursor((endedAt ?? now).toISOString(), id);
  };
  return {
    'home, first page': () => '/api/matrix?limit=50',
    'home, a further page': () => `/api/matrix?limit=50&cursor=${cursor(lastOfAPage())}`,
    'home, found by name': () => `/api/matrix?limit=50&search=${application().slice(2)}`,
    'history, first page': () => '/api/history?limit=50',
    'history, a deep page': () => `/api/history?limit=50&cursor=${deep()}`,
    'history of an application': () => `/api/history?limit=50&application=${application()}`,
    'history of an environment, failed': () => '/api/history?limit=50&environment=production&outcome=rolled-back',
    'promotions, first page': () => '/api/promotions?limit=50',
    'promotions, a deep page': () => `/api/promotions?limit=50&cursor=${deep()}`,
    'promotions on their way': () => '/api/promotions?limit=50&active=true',
    'a promotion with its steps': () => `/api/promotions/${promotion()}`,
    'one that waits for approval': () => `/api/promotions/${pick(waiting.rows).id}`,
    'its trail': () => `/api/promotions/${promotion()}/events`,
    'its log': () => `/api/promotions/${pick(rows.slice(0, 50)).id}/logs`,
    'its report': () => `/api/promotions/${promotion()}/report`,
    pipeline: () => `/api/applications/${application()}/pipeline`,
    inbox: () => '/api/inbox?limit=100',
    metrics: () => '/api/statistics',
    'metrics of an application': () => `/api/statistics?application=${application()}`,
    releases: () => `/api/applications/${application()}/releases`,
    'changes of two hours': () => `/api/changes?since=${new Date(now.getTime() - 7_200_000).toISOString()}`,
  };
}
