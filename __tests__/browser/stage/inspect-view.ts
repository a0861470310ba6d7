import type { Reader } from './reader.ts';
import type { View } from './views.ts';

/** What is wrong with something that a reader has before him. */
export interface Inspection {
  readonly view: string;
  /** What axe finds that is serious or critical, each with the element. */
  readonly barriers: readonly string[];
  /** How wide it is on a phone, which is 390 px wide. */
  readonly phoneWidthPx: number;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
interface Axe {
  run(options: object): Promise<{ readonly violations: readonly Found[] }>;
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** @param reader in whose pages axe is. */
export async function inspectView(reader: Reader, { name, path, as, open }: View): Promise<Inspection> {
  const { page } = reader;
  await page.setViewportSize(desk);
  await reader.speakFor(as);
  await reader.open(path);
  await open?.(page);
  const { violations } = await page.evaluate(async () =>
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  await page.setViewportSize(phone);
  // Until it has been laid out anew.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))');
  const phoneWidthPx = Number(await page.evaluate('document.documentElement.scrollWidth'));
  return {
    view: name,
    barriers: violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(tell),
    phoneWidthPx,
    // That there is no such promotion, the server says with 404, which browsers repeat.
    complaints: reader.complaints().filter((each) => !/status of 404/.test(each)),
  };
}

function tell({ id, help, nodes }: Found): readonly string[] {
  return nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`);
}
