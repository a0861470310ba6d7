import type { Stage as StageType } from './stage.ts';

declare global {
  /** The installation that every file of this suite uses; jest lets nothing else through from here to the end. */
  var promotionStage: StageType | undefined;
}

/** Starts what every file of the suite looks at, once; `STAGE_HOME` names one that runs already. */
export default async function startStage(): Promise<void> {
  if ((process.env['STAGE_HOME'] ?? '') !== '') return;
  const { Stage } = await import('./stage.ts');
  globalThis.promotionStage = await Stage.start();
  process.env['STAGE_HOME'] = globalThis.promotionStage.installation.home;
}
