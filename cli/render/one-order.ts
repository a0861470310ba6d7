/**
 * One order of all names that keeps the order of each list, where they agree: what a list adds stands behind what it has
 * before it.
 */
export function inOneOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const names: string[] = [];
  for (const list of lists) {
    const first = names.findIndex((name) => list.includes(name));
    let place = first === -1 ? names.length : first;
    for (const name of list) {
      const known = names.indexOf(name);
      if (known === -1) names.splice(place, 0, name);
      place = known === -1 ? place + 1 : known + 1;
    }
  }
  return names;
}
