import fc from 'fast-check';
import { HttpError } from '../../../../engine/http-error.ts';
import { DatabaseFunctionError } from '../../../../engine/database/database-function-error.ts';
import { GitError } from '../../../../engine/configuration/git-error.ts';
import { errorCategories, errorSeverities } from '../../../../engine/workflow/error-report.ts';
import { classifyError } from '../../../../engine/workflow/errors/classify-error.ts';
import { PreconditionFailedError, StaleFenceError } from '../../../../engine/workflow/fence.ts';

const http = (status: number, url = 'https://api.example/x', body = ''): HttpError =>
  new HttpError({ method: 'GET', url, status, body });

const kubernetes = (reason: string, code: number): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message: `deployments.apps "shop": ${reason}`,
  reason,
  code,
});

describe('an HTTP answer', () => {
  it.each([
    [401, 'AUTHENTICATION', 'CRITICAL', false],
    [403, 'PERMISSION', 'CRITICAL', false],
    [404, 'VALIDATION', 'CRITICAL', false],
    [408, 'TIMEOUT', 'HIGH', true],
    [409, 'VALIDATION', 'MEDIUM', true],
    [412, 'VALIDATION', 'MEDIUM', true],
    [422, 'VALIDATION', 'CRITICAL', false],
    [429, 'NETWORK', 'MEDIUM', true],
    [500, 'NETWORK', 'HIGH', true],
    [501, 'VALIDATION', 'CRITICAL', false],
    [502, 'NETWORK', 'HIGH', true],
    [503, 'NETWORK', 'HIGH', true],
    [504, 'TIMEOUT', 'HIGH', true],
  ])('%i is %s, %s', (status, category, severity, isRetryable) => {
    const report = classifyError(http(status));
    expect(report).toMatchObject({ category, severity, isRetryable, code: String(status) });
    expect(report.message).toBe(`GET https://api.example/x answered ${String(status)}`);
  });

  it.each([
    ['404', 404, '', 'REGISTRY', false],
    ['503', 503, '', 'REGISTRY', true],
    ['401', 401, '', 'AUTHENTICATION', false],
    ['MANIFEST_UNKNOWN', 404, '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"?"}]}', 'REGISTRY', false],
    ['DENIED', 404, '{"errors":[{"code": "DENIED"}]}', 'PERMISSION', false],
    ['TOOMANYREQUESTS', 429, '{"errors":[{"code":"TOOMANYREQUESTS"}]}', 'REGISTRY', true],
  ])('of a registry: %s', (code, status, body, category, isRetryable) => {
    const error = http(status, 'https://ghcr.example/v2/shop/api/manifests/sha256:0', body);
    expect(classifyError(error)).toMatchObject({ category, isRetryable, code });
  });
});

describe('a Kubernetes status', () => {
  it.each([
    ['Forbidden', 403, 'PERMISSION', false],
    ['Unauthorized', 401, 'AUTHENTICATION', false],
    ['Conflict', 409, 'VALIDATION', true],
    ['AlreadyExists', 409, 'VALIDATION', true],
    ['NotFound', 404, 'VALIDATION', false],
    ['Invalid', 422, 'VALIDATION', false],
    ['Timeout', 504, 'TIMEOUT', true],
    ['TooManyRequests', 429, 'NETWORK', true],
    ['InternalError', 500, 'NETWORK', true],
  ])('%s is told, thrown as it is or as the body of an answer', (reason, code, category, isRetryable) => {
    const status = kubernetes(reason, code);
    const inBody = Object.assign(new Error('HTTP request failed'), { statusCode: code, body: JSON.stringify(status) });
    const parsed = Object.assign(new Error('HTTP request failed'), { statusCode: code, body: status });
    const excerpt = http(code, 'https://cluster.example/apis/apps/v1', JSON.stringify(status));
    for (const error of [status, inBody, parsed, excerpt]) {
      expect(classifyError(error)).toMatchObject({ category, isRetryable, code: reason });
    }
    expect(classifyError(status).message).toBe(`deployments.apps "shop": ${reason}`);
  });
});

describe('what git says', () => {
  it.each([
    ["fatal: Authentication failed for 'https://git.example/x.git/'", 'AUTHENTICATION', false],
    [
      'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'AUTHENTICATION',
      false,
    ],
    ["fatal: could not read Username for 'https://git.example': terminal prompts disabled", 'AUTHENTICATION', false],
    ["fatal: unable to access 'https://git.example/': The requested URL returned error: 403", 'PERMISSION', false],
    ["fatal: repository 'https://git.example/x.git/' not found", 'VALIDATION', false],
    ['ERROR: Repository not found.\nfatal: Could not read from remote repository.', 'VALIDATION', false],
    ['fatal: Could not read from remote repository.', 'NETWORK', true],
    ["fatal: unable to access 'https://git.example/': Could not resolve host: git.example", 'NETWORK', true],
    [
      "fatal: unable to access 'https://git.example/': SSL certificate problem: self-signed certificate",
      'AUTHENTICATION',
      false,
    ],
    ['! [rejected] main -> main (stale info)\nerror: failed to push some refs', 'VALIDATION', true],
    ['! [rejected] main -> main (non-fast-forward)\nerror: failed to push some refs', 'VALIDATION', true],
    ["error: cannot lock ref 'refs/heads/main': Unable to create '/x/main.lock': File exists.", 'TIMEOUT', true],
    ['! [remote rejected] main -> main (pre-receive hook declined)', 'PERMISSION', false],
  ])('%j', (words, category, isRetryable) => {
    expect(classifyError(new Error(words))).toMatchObject({ category, isRetryable, message: words });
  });

  it('is taken from the kind of its own error, not from its words', () => {
    const error = new GitError('timeout', 'git fetch -- https://git.example/', undefined, 'repository not found');
    expect(classifyError(error)).toMatchObject({ category: 'TIMEOUT', isRetryable: true, code: 'timeout' });
  });
});

describe('the engine’s own errors', () => {
  it.each([
    [new StaleFenceError('slot', 1, 2), 'PERMISSION'],
    [new PreconditionFailedError('refs/heads/main', 'a', 'b'), 'VALIDATION'],
  ])('are not tried again: %s', (error, category) => {
    expect(classifyError(error)).toMatchObject({
      category,
      severity: 'CRITICAL',
      isRetryable: false,
      message: error.message,
    });
  });
});

describe('the words of other programs', () => {
  it.each([
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?', true],
    ['pod shop-api-0: ImagePullBackOff', false],
    ['container api: CrashLoopBackOff, last exit code 137', false],
    ['exec /app/run: exec format error', false],
  ])('of a container’s runtime: %s', (words, isRetryable) => {
    expect(classifyError(new Error(words))).toMatchObject({ category: 'DOCKER', isRetryable });
  });
});

describe('chains and groups of errors', () => {
  it('finds the reason however deep it is wrapped, and keeps all words', () => {
    const error = new Error('the step failed', { cause: new Error('the copy failed', { cause: http(401) }) });
    expect(classifyError(error)).toMatchObject({
      category: 'AUTHENTICATION',
      message: 'the step failed: the copy failed: GET https://api.example/x answered 401',
    });
  });

  it('lets the outer error decide when it is recognised', () => {
    const error = Object.assign(new StaleFenceError('slot', 1, 2), { cause: http(503) });
    expect(classifyError(error)).toMatchObject({ category: 'PERMISSION', isRetryable: false });
  });

  it('takes the worst of several, wherever it stands', () => {
    for (const errors of [
      [http(503), http(403), http(429)],
      [http(429), http(503), http(403)],
    ]) {
      expect(classifyError(new AggregateError(errors, 'three failed'))).toMatchObject({
        category: 'PERMISSION',
        isRetryable: false,
      });
    }
  });

  it('ends with causes that go round in a circle, and with hostile objects', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(classifyError(first)).toMatchObject({ category: 'UNKNOWN', message: 'first: second' });
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(classifyError(hostile)).toMatchObject({ category: 'UNKNOWN', severity: 'HIGH' });
    let deep = new Error('0');
    for (let depth = 1; depth < 10_000; depth += 1) {
      deep = new Error(String(depth), { cause: deep });
    }
    expect(classifyError(deep).category).toBe('UNKNOWN');
  });
});

describe('whatever is thrown', () => {
  it('gets a category, a severity and a remedy; UNKNOWN is HIGH', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (thrown) => {
        const report = classifyError(thrown);
        expect(errorCategories).toContain(report.category);
        expect(errorSeverities).toContain(report.severity);
        expect(report.message).not.toBe('');
        expect(report.remedy).toMatch(/\.$/);
        if (report.category === 'UNKNOWN') {
          expect(report.severity).toBe('HIGH');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is CRITICAL is never tried again, and everything else is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.boolean(), (status, isRegistry) => {
        const report = classifyError(http(status, isRegistry ? 'https://r.example/v2/x/blobs/y' : undefined));
        expect(report.isRetryable).toBe(report.severity !== 'CRITICAL');
      }),
    );
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])('is not fooled by the code %s', (code) => {
    const error = Object.assign(new Error('x'), { code, name: code, sqlState: code });
    expect(classifyError(error)).toMatchObject({ category: 'UNKNOWN', message: 'x' });
  });

  it('keeps the words, masks their secrets and bounds their length', () => {
    expect(classifyError(new Error('cannot reach https://ana:canary@db/x')).message).toBe(
      'cannot reach https://***@db/x',
    );
    const { message } = classifyError(new Error('x'.repeat(5_000)));
    expect(message).toBe(`${'x'.repeat(2_000)}… (3000 more characters)`);
    expect(classifyError('just text').message).toBe('just text');
    expect(classifyError(undefined).message).toBe('undefined');
  });
});

describe('a refusal of the database function', () => {
  it('that cannot keep a back-up is about its folder, not about the health of a server', () => {
    const message = 'Nothing can be written to the folder of backups, /var/backups (EEXIST)';
    const report = classifyError(new DatabaseFunctionError(message, { code: 'storage-failed', status: 503 }));
    expect(report.isRetryable).toBe(true);
    expect(report.remedy).toContain('the folder that the message names');
    expect(report.remedy).not.toContain('server');
  });
});
