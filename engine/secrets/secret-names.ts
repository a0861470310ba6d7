/** Which secrets an environment has, by name. What is in them never comes here: the engine has no use for it. */
export interface SecretNames {
  /** @throws when it cannot be found out; unknown is never none. */
  names(environment: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Where a person adds one, in words: `deployments/staging/variables.json`. */
  whereToAdd(environment: string): string;
}
