import { z } from 'zod';

const protocols = ['https:', 'http:', 'ssh:', 'file:'];

/** `owner/repository` (one of GitHub's), the address of a repository without a password, or an absolute path. */
export const repositorySchema = z
  .string()
  .refine(
    isRepository,
    'must be owner/repository, the address of a repository without a password, or an absolute path',
  );

export const branchSchema = z
  .string()
  .max(250)
  .regex(/^(?![-/.])(?!.*(\.\.|\/\/|@\{|\.lock(\/|$)))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u, 'must be the name of a branch');

function isRepository(text: string): boolean {
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) return false;
  if (/^[\w.-]+\/[\w.-]+$/.test(text) || text.startsWith('/')) return true;
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol) && url.password === '';
}
