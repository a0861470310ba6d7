import { DevelopmentIdentity } from '../../../../cloudrun-ui/server/identity/development-identity.ts';
import { cookieFor } from '../../../../cloudrun-ui/web/src/shell/person-cookie.ts';

async function actorBy(cookie: string) {
  const identity = new DevelopmentIdentity({ id: 'root', verified: false, roles: ['admin'], via: 'cli' });
  const headers = new Headers({ Cookie: cookie.split(';')[0] ?? '' });
  const identified = await identity.identify({ headers, url: new URL('http://127.0.0.1/') });
  return identified.kind === 'known' ? identified.actor : undefined;
}

describe('whom somebody speaks for on one machine', () => {
  it.each(['sam', 'zoë müller', 'a;b=c, "d"'])('is read by the server as it was typed: %s', async (person) => {
    expect(await actorBy(cookieFor(person))).toMatchObject({ id: person, spokenForBy: 'root', roles: [] });
  });

  it('is nobody once he is himself again, and the browser forgets it', async () => {
    expect(await actorBy(cookieFor(undefined))).toMatchObject({ id: 'root', roles: ['admin'] });
    expect(cookieFor(undefined)).toContain('Max-Age=0');
  });
});
