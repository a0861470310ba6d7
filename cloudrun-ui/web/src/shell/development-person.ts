import { cookieFor } from './person-cookie.ts';

/** Has the server take whoever uses this browser for somebody else. @param person undefined: for nobody but oneself. */
export function speakFor(person: string | undefined): void {
  document.cookie = cookieFor(person);
}
