/** The target said that the release cannot run there; trying the same again will not help. */
export class DeploymentFailedError extends Error {
  override readonly name = 'DeploymentFailedError';
}

/** The release runs, but is not well: what verification found, in its own words. */
export class VerificationFailedError extends Error {
  override readonly name = 'VerificationFailedError';
}
