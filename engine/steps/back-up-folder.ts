/** Where the documents of a promotion's back-up are kept. */
export function backUpFolder(promotionId: string): string {
  return `backups-${promotionId}`;
}
