import { serverLog } from '../../../cli/compose/server-log.ts';

function written(write: (log: ReturnType<typeof serverLog>) => void): unknown {
  let text = '';
  write(
    serverLog({
      write(line) {
        text += line;
      },
    }),
  );
  return JSON.parse(text);
}

describe('the log of the server', () => {
  it('is in the fields that Cloud Logging lifts out of a line', () => {
    const entry = written((log) => {
      log.warn({ path: '/api/me' }, 'asked too often');
    });
    expect(entry).toMatchObject({ severity: 'WARNING', path: '/api/me', message: 'asked too often' });
    expect(entry).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
  });

  it('tells an error with where it comes from and its cause', () => {
    const entry = written((log) => {
      log.error({ err: new Error('no answer', { cause: new Error('the wire is cut') }) }, 'a request failed');
    });
    expect(entry).toMatchObject({ severity: 'ERROR', message: 'a request failed' });
    expect(entry).toHaveProperty('err.message', 'no answer: the wire is cut');
    expect(entry).toHaveProperty('err.stack', expect.stringContaining('server-log.test.ts'));
  });

  it('masks what looks like a secret, wherever it stands', () => {
    const error = Object.assign(new Error('postgres://paula:hunter2@db/shop refused'), { detail: 'password=hunter3' });
    const entry = written((log) => {
      log.error({ err: error, headers: ['Authorization: Bearer hunter4-hunter4-hunter4'] }, 'a request failed');
    });
    expect(JSON.stringify(entry)).toContain('refused');
    expect(JSON.stringify(entry)).not.toMatch(/hunter/);
  });
});
