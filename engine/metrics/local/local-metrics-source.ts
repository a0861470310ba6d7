import { join } from 'node:path';
import { labelSchema } from '../../deployment/local/deployment-record.ts';
import type { EnvironmentObservation, MetricsSource, OpenAlerts, Span } from '../metrics-source.ts';
import { readAlerts } from './alert-record.ts';
import { observeSamples } from './observe-samples.ts';
import { beginOf } from './sample.ts';
import { SampleHistory } from './sample-history.ts';

/** What the local platform measured of its environments, read from the files that it keeps. */
export class LocalMetricsSource implements MetricsSource {
  readonly #root: string;

  /** @param rootDirectory the folder that the platform is started over. */
  constructor(rootDirectory: string) {
    this.#root = rootDirectory;
  }

  async observe(environment: string, span: Span, signal: AbortSignal): Promise<EnvironmentObservation> {
    signal.throwIfAborted();
    const history = new SampleHistory(this.#folder(environment));
    const services = await history.services();
    const observed = await Promise.all(
      services.map(async (service) => {
        const samples = await history.read(service);
        return { begins: samples.map(beginOf), observation: observeSamples(service, samples, span) };
      }),
    );
    signal.throwIfAborted();
    const first = observed.flatMap(({ begins }) => begins).reduce((least, each) => Math.min(least, each), Infinity);
    return {
      knownSince: Number.isFinite(first) ? new Date(first) : undefined,
      services: observed.flatMap(({ observation }) => observation ?? []),
    };
  }

  async openAlerts(environment: string, signal: AbortSignal): Promise<OpenAlerts> {
    signal.throwIfAborted();
    return readAlerts(this.#folder(environment));
  }

  #folder(environment: string): string {
    return join(this.#root, labelSchema.parse(environment));
  }
}
