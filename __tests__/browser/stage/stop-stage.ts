/** Stops what start-stage.ts started, and nothing that ran before. */
export default async function stopStage(): Promise<void> {
  await globalThis.promotionStage?.close();
}
