import type { Client } from 'pg';

/** What the path into production demands, so that promotions wait for people. */
export const intoProduction = ', approvals: { stages: [{ name: owners, roles: [approver], minimumApprovals: 1 }] }';

/** Has promotions into production wait for their approval, as they would after their checks. */
export async function waitForApproval(client: Client, ids: readonly string[]): Promise<void> {
  await client.query(
    `update promotion set state = 'PENDING_APPROVAL', plan_hash = md5(id),
       parked = jsonb_build_object('reason', 'approval', 'detail', '0 of 1 approval of stage owners (role approver)',
         'since', created_at, 'until', created_at + interval '1 day')
     where id = any ($1::text[])`,
    [ids],
  );
}
