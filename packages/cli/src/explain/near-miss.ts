import { createMasker, type Policy, type PresetName } from '@spanseal/mask';
import { LeakFinder } from '../scan/leak-finder.js';
import { leakMessage } from '../scan/leak-message.js';
import { nameWords } from '../scan/name-words.js';
import { PROBE } from '../scan/reference-masker.js';
import { withoutExemptions } from '../scan/rule-trial.js';
import type { NearMiss } from './explain-report.js';
import { type ExplainedValue, extendedPresets } from './rule-origin.js';

/** A word that no list has. */
const NEUTRAL = 'zzq';
const STEMS = /pass|pwd|key|secret|credential|signature|auth|token|cookie|csrf|jwt|pin|otp|code/i;
const OTHER_PRESETS: readonly PresetName[] = ['default', 'pii', 'payments', 'genai'];

/** What came close to masking a value that a policy leaves as it is, or leaves a part of. */
export function nearMisses(
  policy: Policy,
  asked: ExplainedValue,
  result: ExplainedValue,
): readonly NearMiss[] {
  const changed = !Object.is(asked.value, result.value);
  return [
    ...(changed ? [] : exemption(policy, asked)),
    ...(changed || asked.key === undefined ? [] : keepList(policy, asked.key)),
    ...(changed ? [] : otherPresets(policy, asked)),
    ...(changed ? [] : valueNotes(asked)),
    ...stillSuspicious(policy, result),
  ];
}

function exemption(policy: Policy, { key, value }: ExplainedValue): NearMiss[] {
  const { action, rule } = createMasker(withoutExemptions(policy)).explain(key, value);
  if (action === 'keep' || rule === undefined) return [];
  const message = `without its allow and keep rules the policy would ${action} it: ${rule}`;
  return [{ kind: 'allow', message }];
}

function keepList(policy: Policy, key: string): NearMiss[] {
  if (!extendedPresets(policy).includes('default') || !STEMS.test(key)) return [];
  const masker = createMasker();
  const ruleOf = (name: string) => {
    const { action, rule } = masker.explain(name, PROBE);
    return action === 'keep' ? undefined : rule;
  };
  if (ruleOf(key) !== undefined) return [];
  const words = nameWords(key);
  for (const [at, word] of words.entries()) {
    const other = words.map((one, index) => (index === at ? NEUTRAL : one)).join('_');
    const rule = ruleOf(other);
    if (rule !== undefined) return [kept(key, word, `any other word there and ${rule} would hit`)];
  }
  const stem = words.find((word) => STEMS.test(word));
  if (stem === undefined) return [];
  return [kept(key, stem, 'it names no secret by itself, though it holds a part that secrets have')];
}

function kept(key: string, word: string, why: string): NearMiss {
  return {
    kind: 'keep-list',
    message: `kept: ${key} is on the keep list, because of the word ${word} (${why})`,
  };
}

function otherPresets(policy: Policy, { key, value }: ExplainedValue): NearMiss[] {
  const own = extendedPresets(policy);
  return OTHER_PRESETS.filter((preset) => !own.includes(preset)).flatMap((preset): NearMiss[] => {
    const { action, rule } = createMasker({ extends: preset }).explain(key, value);
    if (action === 'keep' || rule === undefined) return [];
    return [
      {
        kind: 'preset',
        message: `the preset ${preset}, which the policy does not extend, would mask it: ${rule}`,
      },
    ];
  });
}

function valueNotes({ key, value }: ExplainedValue): NearMiss[] {
  const note = (message: string): NearMiss[] => [{ kind: 'value', message }];
  if (value === null || value === '') return note('empty values are never masked');
  if (typeof value === 'boolean') return note('true and false are never masked by their name');
  if (typeof value === 'number' && key !== undefined && /(?:tokens|counts?|totals?)$/i.test(key)) {
    return note('numbers under names of counts are never masked');
  }
  const digits =
    typeof value === 'string' || typeof value === 'number' ? String(value).replace(/[ -]/g, '') : '';
  if (/^\d{13,19}$/.test(digits))
    return note('as many digits as a card has, but no issuer and check digit of one');
  return [];
}

function stillSuspicious({ mask = '****', hashKey }: Policy, { key, value }: ExplainedValue): NearMiss[] {
  const finder = new LeakFinder({ mask, partial: true, hashed: hashKey !== undefined });
  const found = finder.find(value, { key, spanKind: 0 });
  const messages = new Set(found.map(({ kind, detector }) => leakMessage(kind, detector)));
  return [...messages].map((message) => ({
    kind: 'scan',
    message: `spanseal scan would still report it: ${message}`,
  }));
}
