import { summaryJson } from '../../../cli/json/promotion-json.ts';
import { closureJson, comingFreezeJson, environmentStandingJson } from '../../../cli/json/status-json.ts';
import type { Matrix, MatrixPage, WaitsForYou } from '../../../engine/promotion-service.ts';
import { Serialised } from '../endpoint/serialised.ts';
import { cursorOf } from '../shapes/page.ts';

/** A page of the matrix as JSON, but for what of it waits for whoever asks: the same for all who may see the same. */
export interface MatrixTexts {
  readonly before: string;
  /** Without their ends. */
  readonly rows: readonly { readonly application: string; readonly text: string }[];
  readonly after: string;
  /** The whole for somebody for whom nothing of it waits. */
  readonly ofNobody: Serialised;
}

export function matrixTexts(page: MatrixPage): MatrixTexts {
  const rows = page.rows.map(({ application, environments, running }) => {
    const row = {
      application,
      environments: environments.map(environmentStandingJson),
      running: running.map(summaryJson),
    };
    return { application, text: `${JSON.stringify(row).slice(0, -1)},"waitsForYou":` };
  });
  const { at, environments } = page;
  const rest = {
    closures: page.closures.map(closureJson),
    freezesAhead: page.freezesAhead.map(comingFreezeJson),
    next: page.next === undefined ? null : cursorOf([page.next]),
  };
  const texts = {
    before: `${JSON.stringify({ at, environments }).slice(0, -1)},"items":[`,
    rows,
    after: `],${JSON.stringify(rest).slice(1)}`,
  };
  return { ...texts, ofNobody: joinMatrix(texts, new Map()) };
}

/** The whole for somebody. */
export function joinMatrix(
  { before, rows, after }: Omit<MatrixTexts, 'ofNobody'>,
  waitsForYou: Matrix['waitsForYou'],
): Serialised {
  const items = rows.map(({ application, text }) => `${text}${JSON.stringify(told(waitsForYou.get(application)))}}`);
  return new Serialised(`${before}${items.join(',')}${after}`);
}

function told(waits: readonly WaitsForYou[] = []) {
  return waits.map(({ promotionId, environment, asks, stage }) => {
    return { promotion: promotionId, environment, asks, stage: stage ?? null };
  });
}
