import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceFormats, reportReaders } from '../../../engine/evidence/formats.ts';
import { recogniseFormat } from '../../../engine/evidence/recognise-format.ts';
import { read } from './reading.ts';
import { sampleReports } from './sample-reports.ts';

describe('the format of a report', () => {
  it.each(evidenceFormats.filter((format) => format !== 'sarif-lint'))('is recognised: %s', async (format) => {
    expect((await read(sampleReports[format])).format).toBe(format);
    expect((await read(`\u{FEFF}${sampleReports[format]}`)).format).toBe(format);
    expect((await read(`\n\n${sampleReports[format].replace(/^<\?xml[^>]*>/, '')}`)).format).toBe(format);
  });

  it('is never that of a linter unless somebody says so, or its clean report would be a scan that found nothing', () => {
    expect(recogniseFormat(sampleReports['sarif-lint'])).toBe('sarif');
  });

  it.each([
    '',
    'hello',
    '{',
    '{"a": 1}',
    '[1, 2]',
    '[]',
    '{"nested": {"runs": []}}',
    '<html><body>',
    '<?xml',
    'mode: atomic',
  ])('is not guessed: %j', (beginning) => {
    expect(recogniseFormat(beginning)).toBeUndefined();
  });

  it.each([
    ['<!-- by pytest --><?pi?><testsuite>', 'junit'],
    ['<!DOCTYPE coverage SYSTEM "x"><coverage>', 'cobertura'],
    ['TN:\nTN:b\nSF:a', 'lcov'],
    ['# comment\nSF:a', 'lcov'],
    ['{"$schema": "x", "version": "2.1.0", "runs": [', 'sarif'],
    ['{"ArtifactName": "x", "SchemaVersion": 2', 'trivy'],
    ['[{"messages": [], ', 'eslint'],
    ['[{"number": 3, "labels": [', 'bugs'],
    ['{"commit": "abc", "isClean": false', 'source'],
  ])('is recognised by its beginning alone: %s', (beginning, format) => {
    expect(recogniseFormat(beginning)).toBe(format);
  });

  it('has a reader for every file that holds one', async () => {
    const files = await readdir(join(import.meta.dirname, '../../../engine/evidence/readers'));
    expect(files).toHaveLength(Object.keys(reportReaders).length);
  });
});
