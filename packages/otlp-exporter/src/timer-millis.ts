/** The longest time that a timer of Node.js takes, in milliseconds: for a longer one it does not wait at all. */
export const maxTimerMillis: number = 2 ** 31 - 1;
