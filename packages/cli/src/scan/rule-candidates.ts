import type { DetectorName, KeyRule, PresetName, ValueRule } from '@spanseal/mask';
import { printableName } from '../printable-name.js';
import { literalPattern } from './literal-pattern.js';
import type { PolicyAddition } from './policy-addition.js';
import type { Suspicion } from './suspicion.js';

/** What a proposal has to reach: all values of one leak seen so far. */
export interface LeakExtent {
  readonly suspicion: Suspicion;
  /** Key of the attribute; undefined for texts without one, and where the key is a secret itself. */
  readonly key: string | undefined;
  /** Lengths of the values, from and to, and all classes of characters in them. */
  readonly shortest: number;
  readonly longest: number;
  readonly classes: string;
}

/** As a record, so that no detector is left out. */
const DETECTORS: Readonly<Record<DetectorName, true>> = {
  'payment-card': true,
  jwt: true,
  'aws-access-key-id': true,
  'aws-secret-access-key': true,
  email: true,
  'url-userinfo': true,
  'us-ssn': true,
  iban: true,
  'pem-private-key': true,
  'bearer-token': true,
  'basic-credentials': true,
  'api-token': true,
  phone: true,
  'ip-address': true,
  'named-secret': true,
  'command-credentials': true,
  'kubernetes-secret': true,
  'crypto-wallet': true,
  'mac-address': true,
  'named-ssn': true,
  'one-time-code': true,
};

/** Additions to a policy that could make a leak go away, the narrowest first. None of them holds anything of a value. */
export function ruleCandidates(extent: LeakExtent): readonly PolicyAddition[] {
  const { suspicion, key } = extent;
  const { detector, name, whole } = suspicion;
  const byDetector = Object.hasOwn(DETECTORS, detector) && suspicion.kind !== 'encoded-content';
  const byPlace: PolicyAddition[] =
    suspicion.kind === 'secret-place' ? [{ values: ['url-userinfo'] }, { extends: ['default'] }] : [];
  const hasForm = !suspicion.kind.endsWith('-name') && byPlace.length === 0;
  const byPattern = hasForm ? patternRules(extent) : [];
  const wholeRule = key === undefined ? [] : [{ keys: [exactKey(key)] }];
  return [
    ...byPlace,
    ...(byDetector ? [{ values: [detector as DetectorName] }] : []),
    ...(detector === 'phone-destination' ? [{ values: ['phone'] as const }] : []),
    ...(name === undefined ? [] : nameRules(name, key)),
    ...(whole ? wholeRule : []),
    ...byPattern,
    ...wholeRule,
    ...presetRules(suspicion),
    ...wordRules(suspicion),
  ];
}

/** Where no name is to be had for a rule: a text that holds the word goes whole. */
function wordRules({ kind, detector, name }: Suspicion): PolicyAddition[] {
  if (!kind.endsWith('-name')) return [];
  const words = new Set([name, /:([a-z]+)$/.exec(detector)?.[1]].flatMap((word) => word ?? []));
  return [...words].map((word) => ({
    values: [{ name: `scan-${kind}`, pattern: `(?i)${visiblePattern(word)}`, action: 'mask' as const }],
  }));
}

function nameRules(name: string, key: string | undefined): PolicyAddition[] {
  if (key === undefined) return [{ keys: [exactKey(name)] }];
  const nested: KeyRule = { pattern: exactKey(name), within: key };
  // A glob has no way to write its own signs, or what cannot be seen.
  return /[*?]/.test(key) || printableName(key) !== key
    ? [{ keys: [exactKey(name)] }]
    : [{ keys: [nested] }, { keys: [exactKey(name)] }];
}

const LONGEST_NAME = 200;
/** Control characters, direction marks, invisible characters: a policy file is read by people. */
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function exactKey(name: string): string {
  const visible = visiblePattern(name);
  return name.length > LONGEST_NAME ? `^${visible}` : `^${visible}$`;
}

/** A regular expression for a name as it stands, in what can be seen. */
function visiblePattern(name: string): string {
  return literalPattern(name.slice(0, LONGEST_NAME)).replace(
    UNSEEN,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Character classes of a shape as they stand between the brackets of a regular expression. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['A', 'A-Z'],
  ['a', 'a-z'],
  ['9', '0-9'],
  ['ü', '\\u00c0-\\uffff'],
  ['␣', '\\s'],
  ['_', '_'],
  ['+', '+'],
  ['/', '/'],
  ['=', '='],
  ['.', '.'],
  ['#', '!-,:-@\\[-`{-~'],
  // A dash that is meant as itself stands last.
  ['-', '-'],
]);

/** Longest count that a regular expression of a linear-time engine takes. */
const LONGEST_COUNT = 1000;

function patternRules({ suspicion, shortest, longest, classes }: LeakExtent): PolicyAddition[] {
  const members = [...CLASSES]
    .flatMap(([name, members]) => (classes.includes(name) ? [members] : []))
    .join('');
  if (members === '') return [];
  const from = Math.min(shortest, LONGEST_COUNT);
  const count =
    longest > LONGEST_COUNT ? `{${from},}` : from === longest ? `{${from}}` : `{${from},${longest}}`;
  const body = `[${members}]${count}`;
  const rule = (pattern: string): ValueRule => ({ name: `scan-${suspicion.kind}`, pattern });
  return [{ values: [rule(`(?:\\b|_)${body}(?:\\b|_)`)] }, { values: [rule(body)] }];
}

function presetRules({ kind }: Suspicion): PolicyAddition[] {
  const preset: PresetName | undefined =
    kind === 'secret-name' || kind === 'secret-format'
      ? 'default'
      : kind.startsWith('personal')
        ? 'pii'
        : undefined;
  return preset === undefined ? [] : [{ extends: [preset] }];
}
