/** Below this many requests to a canary a share of failed ones says nothing; it is then taken back as unknown. */
export const fewestCanaryRequests = 20;
