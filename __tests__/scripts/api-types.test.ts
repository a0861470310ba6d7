import { readFile } from 'node:fs/promises';
import { apiTypes } from '../../scripts/api-types.ts';

describe('the types of the web’s client', () => {
  it('are those of the API as it is (npm run build:api writes them)', async () => {
    const file = new URL('../../cloudrun-ui/web/src/api/schema.gen.ts', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(await apiTypes());
  });
});
