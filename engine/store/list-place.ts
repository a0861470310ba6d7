/** Where a list that is newest first goes on: behind this moment, and of what has the same one behind this id. */
export interface ListPlace {
  readonly at: Date;
  readonly id: string;
}
