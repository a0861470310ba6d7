/** Has what takes long found once for all who ask for the same at about the same time. */
export interface Sharing {
  /**
   * @param key what is looked for, and whatever it depends on.
   * @param options whether what was found before the last change will do for a while. Default: it will not.
   */
  of<Found>(key: string, find: () => Promise<Found>, options?: { readonly mayBeOld?: boolean }): Promise<Found>;
}

/** Everybody finds it by himself. */
export const unshared: Sharing = { of: (_, find) => find() };
