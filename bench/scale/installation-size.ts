/** How much there is in the database that is asked: the size that one installation must bear. */
export const installationSize = {
  applications: 1000,
  environments: 7,
  promotions: 100_000,
  /** Things that each promotion changed: its release, images, settings and flags. */
  changesEach: 5,
  stepsEach: 14,
  eventsEach: 6,
  /** The promotions are spread over so many days before `now`. */
  days: 90,
} as const;

/** What the clock of the benchmark shows. */
export const now = new Date('2026-11-26T15:00:00.000Z');

export const environmentNames = ['dev', 'qa', 'uat1', 'uat2', 'uat3', 'staging', 'production'] as const;

export function applicationName(index: number): string {
  return `app-${String(index).padStart(4, '0')}`;
}
