/** A source's word for a state, however it is written: `CancelRequested` and `CANCEL_REQUESTED` are the same. */
export function stateWord(state: string): string {
  return state.toLowerCase().replace(/[\s_-]/g, "");
}
