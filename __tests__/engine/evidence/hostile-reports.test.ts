import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { EvidenceError } from '../../../engine/evidence/evidence-error.ts';
import { evidenceFactSchema } from '../../../engine/evidence/evidence.ts';
import { evidenceFormats, type EvidenceFormat } from '../../../engine/evidence/formats.ts';
import { read, refusal } from './reading.ts';
import { sampleReports } from './sample-reports.ts';

const xmlFormats = ['junit', 'cobertura'] as const;
const jsonFormats = evidenceFormats.filter(
  (format) => format !== 'lcov' && format !== 'junit' && format !== 'cobertura',
);
const objectFormats = ['sarif', 'trivy', 'grype', 'k6', 'code-review', 'source'] as const;

describe.each(evidenceFormats)('a report in the format %s', (format) => {
  const sample = Buffer.from(sampleReports[format]);

  it('is refused when it is cut off anywhere', async () => {
    const whole = sampleReports[format].trimEnd().length;
    for (let length = 0; length < Buffer.from(sampleReports[format].slice(0, whole)).length; length += 1) {
      const cut = sample.subarray(0, length);
      // Only lcov may end between two of its records.
      if (format === 'lcov' && cut.toString().endsWith('end_of_record')) continue;
      expect(typeof (await refusal(cut, { format }))).toBe('string');
    }
  });

  it('is read to a fact or refused with a sentence, whatever bytes are changed in it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: sample.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 64 }),
        async (changes, chunkBytes) => {
          const spoilt = Buffer.from(sample);
          for (const [at, byte] of changes) spoilt[at] = byte;
          await readsOrRefuses(spoilt, format, chunkBytes);
        },
      ),
      { numRuns: 150 },
    ));

  it('is read to a fact or refused with a sentence, whatever parts of it come twice or not at all', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: sample.length }), fc.nat({ max: sample.length })), {
          minLength: 1,
          maxLength: 5,
        }),
        async (parts) => {
          await readsOrRefuses(Buffer.concat(parts.map(([from, to]) => sample.subarray(from, to))), format, 7);
        },
      ),
      { numRuns: 100 },
    ));

  it.each([
    ['empty', '', /is empty/],
    [
      'in UTF-16',
      Buffer.from(`\u{FEFF}${sampleReports[format]}`, 'utf16le'),
      /is UTF-16 or UTF-32; write the report as UTF-8/,
    ],
    ['in UTF-16 without a mark', Buffer.from(sampleReports[format], 'utf16le'), /is UTF-16 or UTF-32/],
    ['in Latin 1', Buffer.from(`${sampleReports[format]}ä`, 'latin1'), /is not valid UTF-8/],
    ['compressed', gzipSync(sampleReports[format]), /is compressed with gzip; unpack it first/],
  ])('is refused when it is %s', async (_, content, reason) => {
    expect(await refusal(content, { format })).toMatch(reason);
  });

  it('is refused when it is longer than a report can be', async () => {
    expect(await refusal(sample, { format, limits: { maximumBytes: sample.length - 1 } })).toMatch(
      /is longer than \d+ bytes/,
    );
    expect((await read(sample, { format, limits: { maximumBytes: sample.length } })).facts).not.toHaveLength(0);
  });

  it('is refused when it is any other format', async () => {
    for (const other of evidenceFormats) {
      const isSarif = format.startsWith('sarif') && other.startsWith('sarif');
      if (other === format || isSarif) continue;
      expect(typeof (await refusal(sampleReports[other], { format }))).toBe('string');
    }
  });
});

describe('hostile XML', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>`;

  it.each(xmlFormats)('defines and fetches nothing: %s', async (format) => {
    const root = format === 'junit' ? 'testsuite' : 'coverage';
    for (const text of [
      `${bomb}<${root}>&lol2;</${root}>`,
      `<!DOCTYPE ${root} SYSTEM "http://127.0.0.1:9/evil.dtd"><${root}/>`,
      `<!DOCTYPE ${root} PUBLIC "x" "file:///etc/passwd"><${root}/>`,
      `<!DOCTYPE ${root} SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><${root}>&x;</${root}>`,
    ]) {
      expect(await refusal(text, { format })).toMatch(/line 1: declares a document type, which may define entities/);
    }
    expect(await refusal(`<${root}>&lol;</${root}>`, { format })).toMatch(
      /line 1: is not well-formed XML: undefined entity/,
    );
  });

  it.each(xmlFormats)('is refused beyond its depth: %s', async (format) => {
    const root = format === 'junit' ? 'testsuite' : 'coverage';
    const deep = `<${root}>`.repeat(100_000);
    expect(await refusal(deep, { format })).toMatch(/line 1: is nested deeper than 64 levels/);
  });

  it.each(xmlFormats)('is refused when one text does not end: %s', async (format) => {
    const root = format === 'junit' ? 'testsuite' : 'coverage';
    const endless = 'x'.repeat(400_000);
    for (const text of [
      `<${root}>${endless}`,
      `<${root}><![CDATA[${endless}`,
      `<${root} name="${endless}`,
      `<!--${endless}`,
    ]) {
      expect(await refusal(text, { format, limits: { maximumTextLength: 1000 } })).toMatch(
        /has a text longer than 1000 characters/,
      );
    }
  });

  it('is refused in another encoding than it has', async () => {
    expect(await refusal('<?xml version="1.0" encoding="ISO-8859-1"?><testsuite/>')).toMatch(
      /line 1: declares the encoding ISO-8859-1; write the report as UTF-8/,
    );
  });
});

describe('hostile JSON', () => {
  it.each(jsonFormats)('is refused beyond its depth: %s', async (format) => {
    for (const deep of ['['.repeat(100_000), '{"a":'.repeat(100_000), `[{"a":${'['.repeat(100_000)}`]) {
      expect(await refusal(deep, { format })).toMatch(/is nested deeper than 64 levels|must be/);
    }
  });

  it.each(objectFormats)('is refused when one text or number does not end: %s', async (format) => {
    for (const endless of ['"', '1']) {
      const text = `{"a": ${endless}${'1'.repeat(400_000)}`;
      expect(await refusal(text, { format, limits: { maximumTextLength: 1000 } })).toMatch(
        /\$\.a: has a text longer than 1000/,
      );
    }
  });

  it.each([...jsonFormats])('cannot reach the prototype of anything: %s', async (format) => {
    const evil = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}},';
    await readsOrRefuses(Buffer.from(sampleReports[format].replace('{', evil)), format, 10);
    expect('polluted' in {}).toBe(false);
  });

  it('is refused when something follows it', async () => {
    expect(await refusal(`${sampleReports.grype}${sampleReports.grype}`)).toMatch(/is not valid JSON/);
  });
});

it('that declares entities is refused as such also where its format is not said', async () => {
  const report = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<testsuites/>';
  for (const options of [{}, { format: 'junit' as const }]) {
    expect(await refusal(report, options)).toContain('declares a document type, which may define entities');
  }
});

describe('an enormous report', () => {
  /** Runs in a process that may keep far less than what it reads. */
  const readsInLittleMemory = (format: EvidenceFormat): { status: number | null; output: string } => {
    const script = join(import.meta.dirname, 'read-enormous-report.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=40', script, format, '64'], {
      encoding: 'utf8',
    });
    return { status, output: status === 0 ? stdout : stderr };
  };

  it.each(['junit', 'lcov', 'trivy', 'eslint'] as const)('takes no more memory than a small one: %s', (format) => {
    expect(readsInLittleMemory(format)).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^64 MiB: /) as string,
    });
  });
});

async function readsOrRefuses(content: Uint8Array, format: EvidenceFormat, chunkBytes: number): Promise<void> {
  try {
    const { facts } = await read(content, { format, chunkBytes: Math.max(chunkBytes, 1) });
    for (const fact of facts) expect(evidenceFactSchema.parse(fact)).toEqual(fact);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    expect(error.message).not.toMatch(/undefined|\[object|at .*\.ts:/);
  }
}
