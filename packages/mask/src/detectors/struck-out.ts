/** Whether somebody wrote over what follows `end`, so that what stands before it is half a token. */
export function isStruckOutAt(text: string, end: number): boolean {
  return text.startsWith('########', end) || text.startsWith('********', end);
}
