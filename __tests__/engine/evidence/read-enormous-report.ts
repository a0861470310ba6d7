import { readReport } from '../../../engine/evidence/read-report.ts';
import { defaultReadingLimits } from '../../../engine/evidence/reading-limits.ts';
import type { EvidenceFormat } from '../../../engine/evidence/formats.ts';

/** Reads a report of the given length that is made while it is read. Usage: read-enormous-report.ts <format> <MiB> */
const [format, mebibytes] = process.argv.slice(2);
const wanted = Number(mebibytes) * 1024 * 1024;
const filler = 'the quick brown fox jumps over the lazy dog '.repeat(50);

interface Parts {
  readonly head: string;
  readonly item: (index: number) => string;
  readonly tail: string;
}
const formats: Readonly<Record<string, Parts>> = {
  junit: {
    head: '<testsuites><testsuite name="s">',
    item: (index) => `<testcase name="case ${String(index)}"><system-out>${filler}</system-out></testcase>\n`,
    tail: '</testsuite></testsuites>',
  },
  lcov: {
    head: '',
    item: (index) => {
      const lines = Array.from({ length: 200 }, (_, line) => `DA:${String(line + 1)},${String(index % 2)}\n`).join('');
      return `SF:file-${String(index % 500)}.ts\n${lines}end_of_record\n`;
    },
    tail: '',
  },
  trivy: {
    head: '{"SchemaVersion": 2, "Results": [{"Target": "a", "Packages": [',
    item: (index) =>
      `${index === 0 ? '' : ','}{"ID": "p${String(index)}", "Description": "${filler}", "Layer": {"DiffID": [1, 2]}}\n`,
    tail: '], "Vulnerabilities": [{"VulnerabilityID": "CVE-1", "Severity": "LOW"}]}]}',
  },
  eslint: {
    head: '[{"filePath": "a.ts", "messages": [',
    item: (index) => `${index === 0 ? '' : ','}{"ruleId": "x", "severity": 1, "message": "${filler}"}\n`,
    tail: ']}]',
  },
};

async function* content({ head, item, tail }: Parts): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head);
  let length = 0;
  for (let index = 0; length < wanted; index += 1) {
    const bytes = Buffer.from(item(index));
    length += bytes.length;
    yield bytes;
  }
  yield Buffer.from(tail);
}

const parts = formats[format ?? ''];
if (parts === undefined) throw new Error(`no report of the format ${String(format)} can be made here`);
const { facts } = await readReport(content(parts), {
  format: format as EvidenceFormat,
  suite: 'unit',
  phase: 'before',
  limits: defaultReadingLimits,
});
console.log(`${String(mebibytes)} MiB: ${JSON.stringify(facts).slice(0, 200)}`);
