import { checkControlPlane } from '../../../constructs/control-plane/check-control-plane.ts';
import { functionArchive } from '../synthesise.ts';

const asTold = { gcpProjectId: 'shop-prod', dbMigrationFunctionSource: functionArchive() };

describe('the options of an installation', () => {
  it('are right as they are by default', () => {
    expect(checkControlPlane(asTold)).toEqual([]);
  });

  it.each([
    ['name', { name: 'X' }],
    ['region', { region: 'Europe' }],
    ['image', { image: 'an image' }],
    ['runTimeout', { runTimeout: 30 }],
    ['workerPool', { workerPool: 'pool' }],
    ['machineType', { machineType: 'small' }],
    ['encryptionKey', { encryptionKey: 'key' }],
    ['argocdServer', { argocdServer: 'https://argocd.shop.example' }],
    ['viewers[0]', { viewers: ['sre@shop.example'] }],
    ['clusterAccess.membership', { clusterAccess: { kind: 'connect-gateway', membership: 'shop' } }],
    ['clusterAccess.endpoint', { clusterAccess: { kind: 'dns-endpoint', endpoint: '10.0.0.1' } }],
    ['stateDatabase.connectionName', { stateDatabase: { kind: 'use', connectionName: 'instance' } }],
    ['stateDatabase.backupDays', { stateDatabase: { kind: 'create', backupDays: 400 } }],
    ['identity.issuer', { identity: { kind: 'oidc', issuer: 'x', clientId: 'c', clientSecret: { secret: 's' } } }],
    ['databaseConnections.shop', { databaseConnections: { shop: 'postgres://app:hunter2@db/shop' } }],
    ['gcpProjectId', { gcpProjectId: 'Shop' }],
    ['promotionLogsRetentionDays', { promotionLogsRetentionDays: 4000 }],
    ['dbMigrationFunctionSource', { dbMigrationFunctionSource: 'nowhere.zip' }],
  ] as const)('are refused by name: %s', (label, props) => {
    const told = checkControlPlane({ ...asTold, ...props });
    expect(told.map(({ input }) => input)).toEqual([label]);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it('take rules as a file or as a document, not both', () => {
    const rules = { version: 1 as const, applications: [], environments: [] };
    expect(checkControlPlane({ ...asTold, rules, rulesFile: 'rules.yaml' }).map(({ input }) => input)).toEqual([
      'rulesFile',
    ]);
  });

  it('must name the project', () => {
    expect(checkControlPlane({ dbMigrationFunctionSource: asTold.dbMigrationFunctionSource })).toMatchObject([
      { input: 'gcpProjectId', found: 'missing' },
    ]);
  });
});
