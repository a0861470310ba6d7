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
    ['labels', { labels: { Team: 'shop' } }],
    ['labels', { labels: { '1st': 'shop' } }],
    ['labels', { labels: { ['a'.repeat(64)]: 'shop' } }],
    ['labels.team', { labels: { team: 'Shop' } }],
    ['labels.team', { labels: { team: 'a'.repeat(64) } }],
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

  it('take labels as Google Cloud does, empty ones too', () => {
    const labels = { team: 'shop', 'cost-centre_2': '', ['a'.repeat(63)]: '1'.repeat(63) };
    expect(checkControlPlane({ ...asTold, labels })).toEqual([]);
  });

  it('tell every wrong label at once', () => {
    const told = checkControlPlane({ ...asTold, labels: { Team: 'My shop', owner: 'ana@shop' } });
    expect(told.map(({ input, found }) => [input, found])).toEqual([
      ['labels', '"Team"'],
      ['labels.Team', '"My shop"'],
      ['labels.owner', '"ana@shop"'],
    ]);
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
