/** The longest time that a timer of Node.js takes, in milliseconds: for a longer one it does not wait at all. */
const longest = 2 ** 31 - 1;

/** Whether a value is a time that a timer can wait, in milliseconds. */
export function isTimerMillis(value: unknown, least: number): value is number {
  return typeof value === 'number' && value >= least && value <= longest;
}

/** What {@link isTimerMillis} holds a value to, for messages. */
export function expectedTimerMillis(least: number): string {
  return `milliseconds, ${least} to ${longest}`;
}
