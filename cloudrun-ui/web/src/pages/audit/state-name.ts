/** A state as people say it: COMPLETED_SUCCESSFULLY is "completed successfully". */
export function stateName(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ');
}
