import type { JsonObject } from '../../../engine/json.ts';
import { tellAdministration } from '../../../engine/reports/tell-administration.ts';

const told = (type: string, data: JsonObject) =>
  tellAdministration({
    seq: 1,
    at: new Date('2026-11-27T09:00:00Z'),
    actor: { id: 'olga', verified: true, roles: [], via: 'ui', spokenForBy: 'root' },
    type,
    data,
    previousHash: '0',
    hash: '1',
  });
const place = { application: 'shop', environment: 'qa' };

describe('an entry about what belongs to no promotion', () => {
  it.each([
    ['role-bound', { ...place, subject: 'ben', role: 'viewer' }, 'gave ben the role viewer for shop in qa'],
    [
      'role-unbound',
      { subject: 'ben', role: 'admin', application: '*', environment: '*' },
      'took the role admin for every application in every environment from ben',
    ],
    ['environment-held', { ...place, reason: 'the sale', until: null }, 'holds shop in qa: the sale'],
    ['environment-released', place, 'released shop in qa from its hold'],
    [
      'freeze-declared',
      { ...place, name: 'sale', reason: 'it is on' },
      'declared the freeze sale of shop in qa: it is on',
    ],
    ['finding-waived', { finding: 'CVE-1', reason: 'not reached' }, 'set CVE-1 aside: not reached'],
    ['waiver-revoked', { finding: 'CVE-1', because: 'it is' }, 'no longer sets CVE-1 aside: it is'],
    ['release-marked-bad', { release: 'v3', reason: 'it leaks' }, 'marked v3 bad: it leaks'],
    ['adopted', { ...place, release: 'v1' }, 'recorded v1 as what runs in qa'],
    [
      'evidence-added',
      { release: 'v2', evidence: [{ kind: 'tests' }, { kind: 'scan' }, { kind: 'tests' }] },
      'brought evidence (tests, scan) about v2',
    ],
    ['clock-moved', { bySeconds: 3600 }, 'moved the clock 3600 s forward'],
    ['something-newer', { reason: 'who knows' }, 'something-newer: who knows'],
  ] as const)('of %s is a line for people', (type, data, text) => {
    expect(told(type, data)).toMatchObject({ text, type, by: 'olga (unverified, said by root)' });
  });
});
