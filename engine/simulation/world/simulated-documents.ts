import type { DocumentStore } from '../../storage/document-store.ts';
import type { Effect } from '../../workflow/fence.ts';
import { Fences } from './fences.ts';

/** Back-ups and reports in memory. */
export class SimulatedDocuments implements DocumentStore {
  readonly #documents = new Map<string, string>();
  readonly #fences = new Fences();

  async write(folder: string, name: string, content: string, effect: Effect): Promise<{ readonly location: string }> {
    this.#fences.take(folder, effect);
    const location = `${folder}/${name}`;
    this.#documents.set(location, content);
    return { location };
  }

  async fence(folder: string, effect: Effect): Promise<void> {
    this.#fences.take(folder, effect);
  }

  async reach(): Promise<{ readonly freeBytes: undefined }> {
    return { freeBytes: undefined };
  }

  async folders(): Promise<readonly { readonly name: string; readonly changedAt: Date }[]> {
    return [];
  }

  async remove(folder: string): Promise<void> {
    for (const location of this.#documents.keys()) {
      if (location.startsWith(`${folder}/`)) this.#documents.delete(location);
    }
  }

  async removeDocument(folder: string, name: string): Promise<void> {
    this.#documents.delete(`${folder}/${name}`);
  }

  async read(folder: string, name: string): Promise<string | undefined> {
    return this.#documents.get(`${folder}/${name}`);
  }
}
