import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineText } from '../../../engine/rules/rules-text.ts';
import { record } from '../../support/recorded-command.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'));
  file = join(folder, 'rules.yaml');
  await writeFile(
    file,
    `${pipelineText}freezes:
  - { kind: once, name: year-end, reason: nobody is there, from: '2026-12-20T17:00:00Z', to: '2027-01-04T07:00:00Z', environments: [prod] }
`,
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const lineOf = (text: string): string => {
  const lines = pipelineText.split('\n');
  return `${file}:${String(lines.findIndex((line) => line.includes(text)) + 1)}`;
};
const explain = (...more: readonly string[]) => record(['rules', 'explain', file, '--to', 'prod', ...more]);

describe('promote rules explain', () => {
  it('says what a path demands and which line says so: its own, the defaults, or none', async () => {
    const { exitCode, out } = await explain();
    expect(exitCode).toBe(0);
    const words = (subject: string) => out.split('\n').filter((line) => line.trimStart().startsWith(subject));
    expect(words('soak')).toEqual([
      expect.stringMatching(new RegExp(`24 h verified in staging\\s+${lineOf('soakSeconds: 24h')}$`)),
    ]);
    expect(words('gate')).toEqual([
      expect.stringMatching(
        new RegExp(`coverage ≥ 85 %\\s+${lineOf('minimumPercent: 85')}, ${lineOf('minimumPercent: 70')}$`),
      ),
    ]);
    expect(words('approval')).toEqual([expect.stringContaining('CAB: 2 of role cab, within 24 h')]);
    expect(words('bake')).toEqual([expect.stringMatching(/none\s+built in$/)]);
    expect(words('freeze')).toEqual([
      expect.stringContaining('year-end: 2026-12-20 17:00:00 UTC – 2027-01-04 07:00:00 UTC'),
    ]);
    expect(out).toContain('the rules have it open until 2026-12-20 17:00:00 UTC.');
  });

  it('says whether it is open at a moment, why not, and from when on', async () => {
    const { out } = await explain('--at', '2026-12-24T12:00:00Z');
    expect(out).toContain(
      'At 2026-12-24 12:00:00 UTC the rules have it closed; opens 2027-01-04 07:00:00 UTC: frozen until 2027-01-04 07:00:00 UTC by year-end (nobody is there).',
    );
    const json: unknown = JSON.parse((await explain('--at', '2026-12-24T12:00:00Z', '--json')).out);
    expect(json).toMatchObject({ from: 'staging', to: 'live', application: 'shop', isOpen: false });
  });

  it('says how the hotfix lane takes it, where the lane does, with the line that says so', async () => {
    const quikapp = (...ends: readonly string[]) =>
      record(['rules', 'explain', 'examples/rules/quikapp.yaml', ...ends]);
    expect((await quikapp('--to', 'live')).out).toMatch(
      /hotfix +30 min verified in staging, approved by CAB emergency approval, without load +examples\/rules\/quikapp\.yaml:\d+/,
    );
    expect((await quikapp('--from', 'uat1', '--to', 'staging')).out).toMatch(
      /hotfix +enters here, approved by CAB emergency approval/,
    );
    expect((await quikapp('--from', 'dev', '--to', 'qa')).out).not.toContain('hotfix');
  });

  it.each([
    [['--from', 'dev'], 3, 'skips'],
    [['--application', 'blog'], 2, 'the rules name no application blog'],
  ])('is told when no path is meant: %p', async (words, code, message) => {
    const { exitCode, errors } = await explain(...words);
    expect(exitCode).toBe(code);
    expect(errors).toContain(message);
  });
});
