import fc from 'fast-check';

import { parsePostmasterFile } from '../../../../engine/store/embedded/postmaster-file.ts';

describe('the process file of a server', () => {
  it('is read as Postgres writes it', () => {
    const pid = fc.integer({ min: 1, max: 4_194_304 });
    const port = fc.integer({ min: 1, max: 65_535 });
    const state = fc.constantFrom('starting', 'stopping', 'ready   ', 'standby ');
    fc.assert(
      fc.property(pid, port, state, fc.constantFrom('\n', '\r\n'), (process, number, status, end) => {
        const lines = [process, '/a data/folder', 1_790_000_000, number, '', '127.0.0.1', ' 24117 0', status, ''];
        expect(parsePostmasterFile(lines.join(end))).toEqual({
          pid: process,
          port: number,
          isReady: status === 'ready   ',
        });
      }),
    );
  });

  it('names its process when it was cut off after it, and is not ready then', () => {
    expect(parsePostmasterFile('4711\n/data\n')).toEqual({ pid: 4711, port: undefined, isReady: false });
  });

  it('is damaged, and never names a process, when it begins with anything else', () => {
    const noProcess = fc.string().filter((text) => !/^\s*0*[1-9]\d*\s*(\n|$)/.test(text));
    fc.assert(
      fc.property(noProcess, (text) => {
        expect(parsePostmasterFile(text)).toBe('damaged');
      }),
    );
  });
});
