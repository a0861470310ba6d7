import { readFile } from 'node:fs/promises';
import { cliReference } from '../../scripts/cli-reference.ts';

describe('docs/cli.md', () => {
  it('is what the commands themselves say; node scripts/write-cli-docs.ts makes it so', async () => {
    expect(await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8')).toBe(cliReference());
  });
});
