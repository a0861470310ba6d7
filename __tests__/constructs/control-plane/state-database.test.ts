import { ComponentAccount } from '../../../constructs/control-plane/component-account.ts';
import type { StateDatabase as Options } from '../../../constructs/control-plane/control-plane-options.ts';
import { StateDatabase } from '../../../constructs/control-plane/state-database.ts';
import { partsIn, planeSettings } from '../parts.ts';

function databaseOf(stateDatabase?: Options) {
  let variables: Readonly<Record<string, string>> = {};
  const stack = partsIn((scope) => {
    const settings = planeSettings(stateDatabase === undefined ? {} : { stateDatabase });
    const database = new StateDatabase(scope, 'state', settings);
    const account = new ComponentAccount(scope, 'worker', settings, 'worker');
    database.grantConnect(account);
    variables = database.variablesOf(account);
  });
  return { stack, variables };
}

describe('the state database', () => {
  it('is a Postgres that only the connector library reaches, with IAM and encrypted, backed up to any moment', () => {
    const { stack, variables } = databaseOf();
    expect(stack.one('google_sql_database_instance')).toMatchObject({
      name: 'promotion-state',
      database_version: 'POSTGRES_18',
      deletion_protection: true,
      settings: {
        tier: 'db-custom-1-3840',
        availability_type: 'ZONAL',
        connector_enforcement: 'REQUIRED',
        database_flags: [{ name: 'cloudsql.iam_authentication', value: 'on' }],
        backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
        ip_configuration: { ipv4_enabled: true, ssl_mode: 'ENCRYPTED_ONLY' },
      },
    });
    expect(stack.text).not.toContain('authorized_networks');
    expect(stack.text).not.toMatch(/"(root_)?password/);
    expect(variables).toMatchObject({ PROMOTION_STATE_DATABASE: 'promotion', PROMOTION_STATE_IP_TYPE: 'PUBLIC' });
  });

  it('gets a private address where a network is named', () => {
    const privateNetwork = 'projects/shop-prod/global/networks/shop';
    const { stack, variables } = databaseOf({ kind: 'create', privateNetwork, highlyAvailable: true, backupDays: 30 });
    expect(stack.one('google_sql_database_instance')).toMatchObject({
      settings: {
        availability_type: 'REGIONAL',
        backup_configuration: { backup_retention_settings: { retained_backups: 30 } },
        ip_configuration: { ipv4_enabled: false, private_network: privateNetwork },
      },
    });
    expect(variables).toMatchObject({ PROMOTION_STATE_IP_TYPE: 'PRIVATE' });
  });

  it('lets components log in as themselves, to this instance only', () => {
    const { stack } = databaseOf();
    expect(stack.one('google_sql_user')).toMatchObject({
      type: 'CLOUD_IAM_SERVICE_ACCOUNT',
      name: expect.stringContaining('trimsuffix(') as unknown,
    });
    const grants = stack.all('google_project_iam_member');
    expect(grants.map(({ role }) => role).toSorted()).toEqual(['roles/cloudsql.client', 'roles/cloudsql.instanceUser']);
    for (const { condition } of grants) {
      expect(condition).toMatchObject({
        expression: expect.stringContaining(
          'resource.name == "projects/shop-prod/instances/promotion-state"',
        ) as unknown,
      });
    }
  });

  it('may be one that is there already, in another project', () => {
    const { stack, variables } = databaseOf({
      kind: 'use',
      connectionName: 'data-prod:europe-west1:shared',
      database: 'releases',
      isPrivate: true,
    });
    expect(stack.all('google_sql_database_instance')).toEqual([]);
    expect(stack.one('google_sql_user')).toMatchObject({ project: 'data-prod', instance: 'shared' });
    expect(variables).toMatchObject({
      PROMOTION_STATE_INSTANCE: 'data-prod:europe-west1:shared',
      PROMOTION_STATE_DATABASE: 'releases',
      PROMOTION_STATE_IP_TYPE: 'PRIVATE',
    });
  });
});
