/** By which the server knows whom somebody speaks for, where nobody signs in. */
const name = 'promotion-person';

/** @param person undefined: for nobody but oneself. */
export function cookieFor(person: string | undefined): string {
  const value = person === undefined ? '' : encodeURIComponent(person);
  return `${name}=${value}; Path=/; SameSite=Strict${person === undefined ? '; Max-Age=0' : ''}`;
}
