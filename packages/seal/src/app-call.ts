/**
 * Calls a function of the app. What it throws ends here, and so does what it rejects with when it is asynchronous: a rejection that
 * nobody handles would end the process.
 *
 * @param failed is told that it failed, and not with what: that is the app's.
 */
export function callApp(call: () => unknown, failed: () => void = () => undefined): void {
  new Promise((resolve) => resolve(call())).catch(failed);
}
