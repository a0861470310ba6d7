/** The author of the engine's commits; the time is the promotion's, so that the same change is the same commit. */
export function commitAuthor(at: Date): { readonly name: string; readonly email: string; readonly at: Date } {
  return { name: 'Promotion Process', email: 'promotion-process@localhost', at };
}
