import { z } from 'zod';
import { refuseForbiddenAddress } from './callable-address.ts';

/** Names of applications, services, environments, stages and the like, which end up in host names and labels. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
  );

/** The name under which a secret is kept (an environment variable, a secret manager's entry), never its value. */
export const secretNameSchema = z
  .string()
  .regex(/^(?!(gh[a-z]|glpat|xox[a-z]|sk)[_-])[A-Za-z][A-Za-z0-9_-]{0,254}$/, {
    error: 'must be the name of a secret (letters, digits, _ and -), never its value',
  })
  .describe('Name of a secret: an environment variable locally, an entry of the secret manager in the cloud.');

export const emailSchema = z.email({ error: 'must be an e-mail address' });

/** A role's name as role bindings know it; compared exactly. */
export const roleSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9 _.-]{0,61}[A-Za-z0-9])?$/,
    'must be a role of 1 to 63 letters, digits, spaces, _ . and -',
  );

/** A person's id: an e-mail address, or an account name where identities are no addresses. */
export const personSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._%+@-]{0,253}$/, 'must be a person: an e-mail address or an account name');

/** Whether an address carries no password; rules are committed, logged and shown. */
export const hasNoPassword = (address: string): boolean => !/^[a-z][a-z0-9+.-]*:\/\/[^/]*:[^/]*@/i.test(address);
export const passwordRefused = 'must be an address without a password; name a secret instead';

export const addressSchema = z
  .string()
  .min(1)
  .refine(hasNoPassword, { error: passwordRefused })
  .check(refuseForbiddenAddress);

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, { error: 'must be a time zone of the tz database, such as Europe/Berlin or UTC' });

export const percentSchema = z.number().min(0).max(100);
export const countSchema = z.int().nonnegative();
export const daysSchema = z.int().min(1).max(36_500);
