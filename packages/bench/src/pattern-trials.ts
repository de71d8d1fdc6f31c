import { readFileSync } from 'node:fs';
import { createMasker, type Masker, type Policy, PolicyError } from '@spanseal/mask';
import type { Trial } from './slowest.js';
import { vectorPath } from './vector-path.js';

interface PatternCase {
  readonly id: string;
  readonly input: { readonly regex: string; readonly flags: string };
  readonly attack: { readonly prefix: string; readonly pump: string; readonly suffix: string };
}

/** A user's regexes as key rules and as value rules, and how many no linear-time engine can run. */
export interface PatternTrials {
  readonly keyRules: readonly Trial[];
  readonly valueRules: readonly Trial[];
  readonly refused: number;
}

/** Every regex of the list, each on its own attack. */
export function patternTrials(): PatternTrials {
  // The file is one of this package's own vectors.
  const { cases } = JSON.parse(readFileSync(vectorPath('redos-regexes.json'), 'utf8')) as {
    cases: readonly PatternCase[];
  };
  const keyRules = cases.flatMap((item) => {
    const masker = maskerWith({ keys: [item.input.regex] });
    return masker === undefined ? [] : [trial(item, (text) => masker.attribute(text, 'value'))];
  });
  const valueRules = cases.flatMap((item) => {
    const masker = maskerWith({ values: [{ name: 'own', pattern: sourceOf(item) }] });
    return masker === undefined ? [] : [trial(item, (text) => masker.text(text))];
  });
  return { keyRules, valueRules, refused: cases.length - valueRules.length };
}

function sourceOf({ input: { regex, flags } }: PatternCase): string {
  return flags.includes('i') ? `(?i)${regex}` : regex;
}

/** Undefined when the policy refuses the pattern. */
function maskerWith(policy: Policy): Masker | undefined {
  try {
    return createMasker({ ...policy, extends: [] });
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

function trial({ id, attack }: PatternCase, run: (text: string) => unknown): Trial {
  const { prefix, pump, suffix } = attack;
  return {
    name: id,
    prepare: (length) => {
      const text = Buffer.from(prefix + pump.repeat(Math.ceil(length / pump.length)) + suffix).toString();
      return () => run(text);
    },
  };
}
