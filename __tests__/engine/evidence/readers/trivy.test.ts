import fc from 'fast-check';
import { findingSeverities } from '../../../../engine/evidence/evidence.ts';
import { factOf, read, refusal } from '../reading.ts';

const vulnerability = (id: string, severity: string, more: object = {}) => ({
  VulnerabilityID: id,
  PkgName: 'musl',
  InstalledVersion: '1.1.20-r4',
  Severity: severity,
  Description: 'a long story',
  CVSS: { nvd: { V3Score: 9.8 } },
  References: ['https://cve.example'],
  ...more,
});
const report = (...results: readonly object[]) => ({
  SchemaVersion: 2,
  CreatedAt: '2026-11-20T10:00:00.000000005Z',
  ArtifactName: 'shop-api:v2',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'alpine', Name: '3.9.4' }, ImageConfig: { rootfs: { diff_ids: null } } },
  Results: results,
});
const target = (more: object) => ({ Target: 'shop-api:v2 (alpine 3.9.4)', Class: 'os-pkgs', Type: 'alpine', ...more });

describe('Trivy', () => {
  it('gives its vulnerabilities with their packages and since when the world knows them', async () => {
    const { facts, collectedAt } = await read(
      report(
        target({
          Vulnerabilities: [
            vulnerability('CVE-2019-14697', 'CRITICAL', { PublishedDate: '2019-08-06T16:15:00Z' }),
            vulnerability('CVE-2019-14697', 'CRITICAL', { PkgName: 'musl-utils' }),
          ],
        }),
        target({ Target: 'Node.js' }),
      ),
    );
    expect(facts).toEqual([
      {
        kind: 'findings',
        scanner: 'trivy',
        critical: 2,
        high: 0,
        medium: 0,
        low: 0,
        items: [
          {
            id: 'CVE-2019-14697',
            severity: 'critical',
            subject: 'musl@1.1.20-r4',
            knownSince: '2019-08-06T16:15:00.000Z',
          },
          { id: 'CVE-2019-14697', severity: 'critical', subject: 'musl-utils@1.1.20-r4' },
        ],
      },
    ]);
    expect(collectedAt).toEqual(new Date('2026-11-20T10:00:00.000Z'));
  });

  it('gives misconfigurations, secrets and licenses, known by where they are, even when that is said last', async () => {
    const config = {
      Misconfigurations: [
        { ID: 'DS002', Severity: 'HIGH', Status: 'FAIL' },
        { ID: 'DS026', Severity: 'LOW', Status: 'PASS' },
      ],
      Secrets: [{ RuleID: 'aws-access-key-id', Severity: 'CRITICAL', StartLine: 3 }],
      Licenses: [{ Name: 'AGPL-3.0', PkgName: 'graph', Severity: 'HIGH' }],
      Target: 'Dockerfile',
    };
    const { items } = await factOf('findings', report(config, target({ Target: 'other', Misconfigurations: null })));
    expect(items?.map(({ id, severity, subject }) => [id, severity, subject])).toEqual([
      ['DS002:Dockerfile', 'high', 'Dockerfile'],
      ['aws-access-key-id:Dockerfile', 'critical', 'Dockerfile'],
      ['AGPL-3.0:graph:Dockerfile', 'high', 'Dockerfile'],
    ]);
  });

  it('counts what nobody has rated yet as high', async () => {
    const content = report(target({ Vulnerabilities: [vulnerability('CVE-1', 'UNKNOWN')] }));
    expect(await factOf('findings', content)).toMatchObject({ high: 1 });
  });

  it('counts what was written, however the bytes come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...findingSeverities), { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 80 }),
        async (targets, chunkBytes) => {
          const results = targets.map((severities) =>
            target({
              Vulnerabilities: severities.map((each, index) =>
                vulnerability(`CVE-${String(index)}`, each.toUpperCase()),
              ),
            }),
          );
          const fact = await factOf('findings', report(...results), { chunkBytes });
          for (const severity of findingSeverities) {
            expect(fact[severity]).toBe(targets.flat().filter((each) => each === severity).length);
          }
        },
      ),
    ));

  it.each([
    [report(), /\$\.Results: names nothing that was scanned/],
    [{ SchemaVersion: 2, ArtifactName: 'scratch' }, /\$\.Results: is missing: nothing was scanned/],
    [{ ...report(target({})), SchemaVersion: 1 }, /\$\.SchemaVersion: must be 2/],
    [[target({})], /\$: must be an object and is a list/],
    [
      report(target({ Vulnerabilities: { a: vulnerability('CVE-1', 'LOW') } })),
      /Vulnerabilities: must be a list and is an object/,
    ],
    [
      report(target({ Vulnerabilities: [vulnerability('CVE-1', 'SEVERE')] })),
      /Vulnerabilities\[0\]\.Severity: "SEVERE" is no severity/,
    ],
    [report(target({ Vulnerabilities: [{ Severity: 'LOW' }] })), /Vulnerabilities\[0\]\.VulnerabilityID/],
    [report({ Class: 'os-pkgs' }), /\$\.Results\[0\]\.Target/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'trivy' })).toMatch(reason);
  });

  it('is refused when it has more findings than are kept', async () => {
    const Vulnerabilities = Array.from({ length: 6 }, (_, index) => vulnerability(`CVE-${String(index)}`, 'LOW'));
    expect(await refusal(report(target({ Vulnerabilities })), { limits: { maximumItems: 5 } })).toMatch(
      /Vulnerabilities\[5\]: has more than 5 findings/,
    );
  });
});
