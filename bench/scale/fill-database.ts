import type { Client } from 'pg';
import type { Definition } from '../../engine/workflow/definition.ts';
import { environmentNames, installationSize as size, now } from './installation-size.ts';

const releasesEach = Math.ceil(size.promotions / size.applications / size.environments);

/**
 * Fills an empty engine's database with ended promotions, evenly over applications, environments and time, as they
 * would stand there: rows of their own are made in the server, since sending them would take longer than the benchmark.
 */
export async function fillDatabase(client: Client, definition: Definition): Promise<void> {
  const spreadSeconds = (size.days * 86_400) / size.promotions;
  const settings = `
    create temporary table promoted as
    select n,
      'app-' || lpad((n % ${String(size.applications)})::text, 4, '0') as application,
      (array[${environmentNames.map((name) => `'${name}'`).join(', ')}])[1 + (n / ${String(size.applications)}) % ${String(size.environments)}] as environment,
      1 + n / ${String(size.applications * size.environments)} as generation,
      timestamptz '${now.toISOString()}' - make_interval(secs => (${String(size.promotions)} - n) * ${String(spreadSeconds)}) as at,
      'pr-' || lpad(to_hex(n), 10, '0') as id
    from generate_series(0, ${String(size.promotions - 1)}) as n`;
  await client.query(settings);
  await client.query('insert into application (name) select distinct application from promoted');
  await client.query(
    `insert into release (id, application, name, digest, content, created_by, created_at)
     select 'rel-' || a.name || '-' || g, a.name, 'v' || g, 'sha256:' || encode(sha256((a.name || g)::bytea), 'hex'),
       jsonb_build_object('images', jsonb_build_array(jsonb_build_object('service', 'api', 'image', 'api',
         'digest', 'sha256:' || encode(sha256((a.name || g)::bytea), 'hex'))), 'configuration', '{}'::jsonb, 'flags', '[]'::jsonb),
       'ci', timestamptz '${now.toISOString()}' - interval '1 year'
     from application a, generate_series(0, $1::int) as g`,
    [releasesEach + 1],
  );
  await client.query(
    `insert into promotion (id, application, release_id, from_environment, to_environment, kind, is_dry_run, state,
       version, fence, event_seq, head_hash, requested_by, definition, plan_hash, resources, state_version, created_at, updated_at, ended_at)
     select p.id, p.application, 'rel-' || p.application || '-' || p.generation, 'dev', p.environment, 'promote', false,
       case when n % 20 = 0 then 'ROLLED_BACK' else 'COMPLETED_SUCCESSFULLY' end, 20, 1, $2, md5(p.id) || md5(p.id),
       '{"id": "ana@shop.example", "verified": true, "roles": ["promoter"], "via": "ui"}', $1, md5(p.id), '{}', 1,
       p.at, p.at + interval '5 minutes', p.at + interval '5 minutes'
     from promoted p order by n`,
    [JSON.stringify(definition), size.eventsEach],
  );
  await client.query(
    `insert into step (promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output)
     select p.id, 'step-' || o, o, 1, 'done', 1, p.at, p.at, 'done', '{}'
     from promoted p, generate_series(1, ${String(size.stepsEach)}) as o`,
  );
  await client.query(
    `insert into event (promotion_id, seq, at, type, actor, data, previous_hash, hash)
     select p.id, e, p.at, 'state-changed', '{"id": "promotion-process"}', '{}', '', ''
     from promoted p, generate_series(1, ${String(size.eventsEach)}) as e`,
  );
  // Three values a subject, so that some go back to what they were.
  await client.query(
    `insert into change (at, application, environment, promotion_id, kind, subject, before, after, changed_by)
     select p.at + interval '4 minutes', p.application, p.environment, p.id, k.kind, k.subject,
       case when p.generation > 1 then 'value ' || (p.generation - 1) % 3 end, 'value ' || p.generation % 3, 'ana@shop.example'
     from promoted p, (values ('release', 'release'), ('image', 'api'), ('configuration', 'image.tag'),
       ('configuration', 'page.size'), ('flag', 'gifts')) as k (kind, subject)
     order by p.n`,
  );
  await client.query(
    `insert into deployed_release (application, environment, release_id, promotion_id, deployed_at, verified_at)
     select application, environment, 'rel-' || application || '-' || generation, id, at, at from promoted order by n`,
  );
  await client.query(
    `insert into deployed_release (application, environment, release_id, deployed_at, verified_at)
     select name, 'dev', 'rel-' || name || '-' || $1::int, timestamptz '${now.toISOString()}', timestamptz '${now.toISOString()}' from application`,
    [releasesEach + 1],
  );
  await client.query(
    `insert into environment (application, name, release_id, promotion_id, deployed_at, verified_at)
     select distinct on (application, environment) application, environment, release_id, promotion_id, deployed_at, verified_at
     from deployed_release order by application, environment, id desc`,
  );
  await client.query('analyze');
}

/** The release of every application that is verified in dev and has not moved on. */
export const newestRelease = `v${String(releasesEach + 1)}`;
