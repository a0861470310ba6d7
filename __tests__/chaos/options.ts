import { parseArgs } from 'node:util';
import { z } from 'zod';

const wholeNumber = z.coerce.number().int().positive();

const valuesSchema = z.object({
  kills: wholeNumber.optional(),
  zombies: z.boolean().optional(),
  slots: z.boolean().optional(),
  promotions: wholeNumber.default(3000),
  applications: wholeNumber.max(9).default(3),
  seed: wholeNumber.default(1),
  only: z.string().default(''),
});

export interface ChaosOptions {
  /** 0: the kill test is left out. */
  readonly kills: number;
  readonly zombies: boolean;
  readonly slots: boolean;
  /** Of the slot test. */
  readonly promotions: number;
  /** Run side by side; more of them use more cores and more memory. */
  readonly applications: number;
  readonly seed: number;
  /** Only zombies whose point and variant match. */
  readonly only: RegExp;
}

const defaultKills = 500;

/** Everything, unless parts are named. @throws when an argument is unknown or is no number where one is needed. */
export function readOptions(words: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      kills: { type: 'string' },
      zombies: { type: 'boolean' },
      slots: { type: 'boolean' },
      promotions: { type: 'string' },
      applications: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const { kills, zombies, slots, only, ...rest } = valuesSchema.parse(values);
  const isEverything = kills === undefined && zombies !== true && slots !== true;
  return {
    kills: kills ?? (isEverything ? defaultKills : 0),
    zombies: isEverything || zombies === true,
    slots: isEverything || slots === true,
    only: new RegExp(only),
    ...rest,
  };
}
