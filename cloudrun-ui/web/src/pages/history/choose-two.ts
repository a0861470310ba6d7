/** What is chosen after somebody chose one more, or the same again: never more than two, of which the older goes. */
export function chooseTwo(chosen: readonly string[], id: string): readonly string[] {
  if (chosen.includes(id)) return chosen.filter((each) => each !== id);
  return [...chosen, id].slice(-2);
}
