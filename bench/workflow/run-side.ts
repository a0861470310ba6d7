import { z } from 'zod';
import { DbosSide } from './dbos.ts';
import { OurSide } from './ours.ts';
import { sideNames, type Side, type SideName } from './side.ts';

/** A process of its own for one round of one side: the environment says what to do, the message to the parent how it went. */
const environment = z
  .object({
    BENCH_SIDE: z.enum(sideNames),
    BENCH_DATABASE_URL: z.string().min(1),
    BENCH_ROUND: z.string().regex(/^[a-z0-9-]+$/),
    BENCH_COUNT: z.coerce.number().int().positive(),
    BENCH_CONCURRENCY: z.coerce.number().int().positive(),
  })
  .parse(process.env);

function open(name: SideName, url: string, concurrency: number): Promise<Side> {
  switch (name) {
    case 'ours':
      return OurSide.open(url);
    case 'dbos-queue':
      return DbosSide.open(url, 'queue', concurrency);
    case 'dbos-direct':
      return DbosSide.open(url, 'direct', concurrency);
  }
}

const { BENCH_ROUND: round, BENCH_COUNT: count, BENCH_CONCURRENCY: concurrency } = environment;
const side = await open(environment.BENCH_SIDE, environment.BENCH_DATABASE_URL, concurrency);
try {
  // Neither side is judged by code that has not been compiled and connections that are not open yet.
  await side.run({ round: `${round}-warm`, count: Math.ceil(count / 2), concurrency });
  const seconds = await side.run({ round, count, concurrency });
  process.send?.({ seconds });
} finally {
  await side.close();
}
