import type { PromotionRequest } from '../engine/promotion-service.ts';
import type { GuideVariable, GuideVariables } from './environment-variables/guide-variables.ts';
import type { Session } from './session.ts';
import { UsageError } from './usage-error.ts';

/** The guide's variables that say where the target's configuration is. */
export const gitopsVariables = [
  'GITOPS_REPO',
  'GITOPS_BRANCH',
  'GITOPS_TOKEN',
] as const satisfies readonly GuideVariable[];

/** The secret under which the token is found by whatever runs the promotion. */
export const gitopsTokenName = 'GITOPS_TOKEN';

/**
 * Where the configuration of a promotion is instead of where the rules say.
 * @throws UsageError when the token could not be used for what it was given for; never with its value.
 */
export function configurationIn({
  GITOPS_REPO: word,
  GITOPS_BRANCH: branch,
  GITOPS_TOKEN: token,
}: GuideVariables): Pick<PromotionRequest, 'configuration'> {
  const repository = word === undefined ? undefined : repositoryAddress(word);
  if (token !== undefined && repository !== undefined) refuseUselessToken(repository);
  return repository === undefined && branch === undefined ? {} : { configuration: { repository, branch } };
}

/** `owner/repository` is one of GitHub's, as in the guide. */
export function repositoryAddress(word: string): string {
  return /^[\w.-]+\/[\w.-]+$/.test(word) ? `https://github.com/${word.replace(/\.git$/, '')}.git` : word;
}

/**
 * Keeps the token where the promotion finds it, whichever process goes on with it. It is nowhere else: not in the
 * promotion, not in an address, not in a log.
 * @throws UsageError when GITOPS_REPO names no repository and that of the rules takes no token: it is then not kept.
 */
export async function keepGitopsToken(
  session: Session,
  { GITOPS_TOKEN: token, GITOPS_REPO: repository }: GuideVariables,
  { application, to }: { readonly application: string; readonly to: string },
): Promise<void> {
  if (token === undefined) return;
  if (repository === undefined) {
    const ruled = await session.configurationRepository(application, to);
    refuseUselessToken(ruled, `GITOPS_REPO is not, and the repository of the rules for ${to}`);
  }
  await session.keepSecret(gitopsTokenName, token);
}

function refuseUselessToken(repository: string, which = 'GITOPS_REPO'): void {
  const protocol = URL.parse(repository)?.protocol;
  if (protocol === 'https:' || (protocol === 'http:' && isThisMachine(new URL(repository).hostname))) return;
  const why =
    protocol === 'http:'
      ? 'would send it unencrypted over http:; use https:'
      : 'is not reached over https:, so it would not be used; unset it';
  throw new UsageError(`the variable GITOPS_TOKEN is set, and ${which} ${why}`);
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
