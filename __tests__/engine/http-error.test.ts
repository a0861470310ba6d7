import { HttpError } from '../../engine/http-error.ts';

describe('the error of an HTTP answer', () => {
  it('says who was asked for what, the status and the beginning of the answer', () => {
    const error = new HttpError({
      method: 'PUT',
      url: 'https://registry.example:5000/v2/shop/manifests/v2',
      status: 503,
      body: 'try\n  later',
      retryAfterSeconds: 5,
    });
    expect(error.message).toBe('PUT https://registry.example:5000/v2/shop/manifests/v2 answered 503: try later');
    expect(error).toMatchObject({ status: 503, bodyExcerpt: 'try later', retryAfterSeconds: 5 });
  });

  it('holds no credentials of the URL, its query or the answer', () => {
    const error = new HttpError({
      method: 'GET',
      url: 'https://ana:canary@storage.example/o?sig=canary&X=canary&X=canary#canary',
      status: 403,
      body: 'Authorization: Bearer canary',
    });
    expect(JSON.stringify([error, String(error), error.stack])).not.toContain('canary');
    expect(error.url).toBe('https://storage.example/o?sig=***&X=***');
  });

  it('bounds what it keeps of the answer, and takes a URL that is none', () => {
    const error = new HttpError({ method: 'GET', url: 'canary@nowhere', status: 500, body: 'x'.repeat(10_000) });
    expect(error.bodyExcerpt).toHaveLength(500);
    expect(error.message).not.toContain('canary');
  });
});
