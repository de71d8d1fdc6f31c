import { canonicalFormOf } from './canonical-form.js';
import { spanMacOf } from './span-mac.js';

/** What this implementation says to the input of a case, by topic, through what the packages export. */
export const judges: Readonly<Record<string, (input: never) => unknown>> = {
  'canonical-form': canonicalFormOf,
  'span-mac': spanMacOf,
};
