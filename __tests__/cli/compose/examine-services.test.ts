import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { examineServices } from '../../../cli/compose/examine-services.ts';
import type { DoctorFinding } from '../../../cli/session.ts';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import type { EnvironmentState } from '../../../engine/store/service-store.ts';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { rulesOf, rulesText } from '../../engine/service/service-fixture.ts';

const rules = rulesOf(
  rulesText()
    .replace('[{ name: api }]', '[{ name: api }, { name: mail, critical: false }]')
    .replaceAll(
      'flags: { kind: file }',
      'flags: { kind: file }\n    services: [{ name: api, healthUrl: /api }, { name: mail, healthUrl: /mail }]',
    ),
);

const probe = new HttpHealthProbe(new HttpCaller(localOutboundPolicy));

const staging: EnvironmentState = {
  application: 'shop',
  name: 'staging',
  release: sampleRelease(),
  promotionId: 'pr-7f3a',
  deployedAt: undefined,
  verifiedAt: undefined,
  autoPromotionPausedAt: undefined,
  slotHeldBy: undefined,
};

describe('the services of an environment, as doctor sees them', () => {
  let server: Server;
  let deployment: MemoryDeployment;
  /** Answers of the services, by path. */
  let answers: Readonly<Record<string, number>>;
  beforeEach(async () => {
    answers = {};
    server = createServer(({ url = '' }, response) => {
      response.writeHead(answers[url] ?? 200).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    deployment = new MemoryDeployment(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    await runs(['api', 'mail']);
  });
  afterEach(() => {
    server.close();
  });

  async function runs(services: readonly string[]): Promise<void> {
    const desired = {
      application: 'shop',
      release: 'v2',
      configurationCommit: 'c',
      services: services.map((name) => ({ name, repository: name, digest: 'd' })),
    };
    const { generation } = await deployment.status();
    const effect = { key: 'setup', fence: 1, signal: new AbortController().signal };
    await deployment.apply('staging', desired, generation, effect);
  }
  async function found(state: EnvironmentState = staging, by = rules): Promise<readonly DoctorFinding[]> {
    const findings = [];
    for await (const finding of examineServices([state], by, { deployment, probe })) {
      findings.push(finding);
    }
    return findings;
  }

  it('are well when each answers', async () => {
    expect(await found()).toEqual([
      {
        subject: 'shop · staging',
        level: 'ok',
        detail: expect.stringMatching(/^2 services healthy, slowest \d+ ms$/) as string,
      },
    ]);
  });

  it('that are well are no good news of a release that is marked bad', async () => {
    const release = sampleRelease({ bad: { since: new Date(0), reason: 'leaks', by: 'ana' } });
    expect(await found({ ...staging, release })).toMatchObject([
      {
        level: 'warn',
        detail: 'v2 runs there and is marked bad: leaks',
        remedy: expect.stringMatching(/^promote rollback shop --env staging.*mark-bad shop v2 --undo/) as string,
      },
    ]);
  });

  it('are named when they are not, with what to do', async () => {
    answers = { '/api': 503, '/mail': 500 };
    expect(await found()).toMatchObject([
      {
        level: 'fail',
        detail: expect.stringMatching(/^api: .*503.*; mail: .*500/) as string,
        // Both run: a start mends nothing.
        remedy:
          'the release itself is not well: promote status shop --env staging --log keeps what its services write; promote rollback shop --env staging takes it back',
      },
    ]);
    const [brought] = await found({ ...staging, promotionId: undefined });
    expect(brought?.remedy).toContain('bring a good release to staging as its own pipeline does');
    answers = { '/mail': 500 };
    expect(await found()).toMatchObject([{ level: 'warn', detail: expect.stringMatching(/^mail: .*500/) as string }]);
  });

  it('cannot be looked at when the deployment knows none of them', async () => {
    await runs([]);
    expect(await found()).toMatchObject([
      { level: 'fail', detail: 'its services cannot be looked at: the deployment reports no service called api' },
    ]);
    expect(await found({ ...staging, promotionId: undefined })).toMatchObject([
      { remedy: 'npm start starts what is not running' },
    ]);
  });

  it('that cannot come back because their port was taken name the port, and who mends it', async () => {
    await runs([]);
    const status = await deployment.status();
    Object.assign(deployment, {
      status: async () => ({
        ...status,
        phase: 'failed',
        message:
          'api cannot be served at 127.0.0.1:4711 (another program listens at 127.0.0.1:4711 already): free the port',
      }),
    });
    expect(await found()).toMatchObject([
      {
        detail: expect.stringContaining('api cannot be served at 127.0.0.1:4711') as string,
        remedy: expect.stringMatching(/^end the program that listens on port 4711; /) as string,
      },
    ]);
  });

  it('are not asked for where nothing runs, or where the rules name nothing any more', async () => {
    expect(await found({ ...staging, release: undefined })).toEqual([]);
    expect(await found({ ...staging, name: 'attic' })).toMatchObject([
      { subject: 'shop · attic', level: 'warn', detail: 'the rules name it no longer, so v2 cannot be looked at' },
    ]);
  });
});
