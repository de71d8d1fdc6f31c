/** What is counted: `evicted_keys`, `total`. */
const COUNT_NAME = /(?:tokens|keys|secrets|passwords|credentials|cookies|sessions|[_.-]?counts?|totals?)$/i;
/** How many tests passed. */
const PASSED = /(?:^|[._-])pass$/i;
const MOST_PASSED = 999;

/** Whether a number under a name is a count of what it names, or of tests that passed. */
export function isCount(name: string, value: number): boolean {
  return COUNT_NAME.test(name) || (value >= 0 && value <= MOST_PASSED && PASSED.test(name));
}
