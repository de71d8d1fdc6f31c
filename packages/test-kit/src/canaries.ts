import { randomInt } from 'node:crypto';
import { type CanaryKind, canaryContents, fitsTraceState, type SecretShape } from './canary-contents.js';

/** Every place of a span from which text leaves the process. */
export const canaryPlaces = [
  'spanName',
  'attributeKey',
  'attributeValue',
  'arrayElement',
  'nestedMap',
  'nestedMapKey',
  'bytes',
  'eventName',
  'eventAttributeKey',
  'eventAttribute',
  'linkAttributeKey',
  'linkAttribute',
  'linkTraceState',
  'statusMessage',
  'traceState',
  'resourceAttributeKey',
  'resourceAttribute',
  'scopeName',
  'scopeVersion',
  'scopeAttribute',
] as const;

/** A place of {@link canaryPlaces}. */
export type CanaryPlace = (typeof canaryPlaces)[number];

/** A secret that was planted in one place, to be looked for in what leaves. */
export interface Canary {
  readonly place: CanaryPlace;
  /** What to plant. */
  readonly text: string;
  /** The part of `text` that must not leave in any encoding. */
  readonly secret: string;
}

/** One canary for each place, all distinct. */
export type Canaries = Readonly<Record<CanaryPlace, Canary>>;

/**
 * Distinct secrets for every place of the inventory, made at run time: no file in the repository holds one.
 *
 * @param kind default: AWS access key ids, which need no context to be recognised. They also stand in for what a trace state
 *   cannot hold.
 */
export function createCanaries(kind: CanaryKind = 'aws-key'): Canaries {
  const canaries = Object.create(null) as Record<CanaryPlace, Canary>;
  for (const place of canaryPlaces)
    canaries[place] = createCanary(place, carries(place, kind) ? kind : 'aws-key');
  return canaries;
}

/** Whether the place can hold content of the kind. */
export function carries(place: CanaryPlace, kind: CanaryKind): boolean {
  return (place !== 'traceState' && place !== 'linkTraceState') || fitsTraceState(kind);
}

/** One canary. */
export function createCanary(place: CanaryPlace, kind: CanaryKind): Canary {
  const [text, shape] = canaryContents[kind];
  const secret = randomSecret[shape]();
  return { place, secret, text: text.replace('$s', secret) };
}

const lowerCase = 'abcdefghijkmnopqrstuvwxyz';
const alphanumeric = `${lowerCase}${lowerCase.toUpperCase()}23456789`;

// Prefixes are in two parts, so that secret scanners find no key here.
const randomSecret: Readonly<Record<SecretShape, () => string>> = {
  letters: () => randomText(lowerCase, 14),
  mixed: () => `${randomText(lowerCase, 4)}${randomText('23456789', 3)}${randomText(alphanumeric, 21)}`,
  hex: () => randomText('0123456789abcdef', 32),
  base64: () => `${randomText(alphanumeric, 20)}7/${randomText(alphanumeric, 18)}`,
  'aws-key': () => `${'AK'}IA${randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  card: randomCard,
  email: randomEmail,
  iban: randomIban,
  jwt: () =>
    `${'ey'}JhbGciOiJIUzI1NiJ9.${'ey'}J${randomText(alphanumeric, 30)}.${randomText(alphanumeric, 40)}`,
  github: () => `${'gh'}p_${randomText(alphanumeric, 32)}4a7B`,
  stripe: () => `${'sk'}_live_${randomText(alphanumeric, 20)}4a7B`,
  npm: () => `${'np'}m_${randomText(alphanumeric, 32)}4a7B`,
  pem: () => `MIIE${randomText(alphanumeric, 60)}`,
};

function randomText(alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

function randomEmail(): string {
  return `${randomText(lowerCase, 12)}@${randomText(lowerCase, 8)}.com`;
}

/** A Visa number whose last digit makes the Luhn sum a multiple of ten (ISO/IEC 7812-1, annex B). */
function randomCard(): string {
  const payload = `4111${randomText('0123456789', 11)}`;
  let sum = 0;
  for (let i = 0; i < payload.length; i++) {
    const digit = Number(payload[i]);
    const weighted = i % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return `${payload}${(10 - (sum % 10)) % 10}`;
}

/** A German one: its check digits make the number a remainder of one by 97 (ISO 13616). */
function randomIban(): string {
  const account = randomText('0123456789', 18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}
