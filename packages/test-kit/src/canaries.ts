import { randomInt } from 'node:crypto';

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

/** What a canary looks like: each is something that the default policy masks wherever it stands. */
export type CanaryKind = 'aws-key' | 'card' | 'email' | 'assignment';

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
 * @param kind default: AWS access key ids, which need no context to be recognised. Trace state cannot hold a `=`, so
 *   assignments become AWS access key ids there.
 */
export function createCanaries(kind: CanaryKind = 'aws-key'): Canaries {
  const canaries = Object.create(null) as Record<CanaryPlace, Canary>;
  for (const place of canaryPlaces) {
    const inTraceState = place === 'traceState' || place === 'linkTraceState';
    canaries[place] = createCanary(place, inTraceState && kind === 'assignment' ? 'aws-key' : kind);
  }
  return canaries;
}

/** One canary. */
export function createCanary(place: CanaryPlace, kind: CanaryKind): Canary {
  if (kind === 'assignment') {
    const secret = randomText(lowerCase, 14);
    return { place, secret, text: `login failed password=${secret}` };
  }
  const secret = kind === 'card' ? randomCard() : kind === 'email' ? randomEmail() : randomAwsKey();
  return { place, secret, text: secret };
}

const lowerCase = 'abcdefghijkmnopqrstuvwxyz';

function randomText(alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

// In two parts, so that secret scanners find no key here.
function randomAwsKey(): string {
  return `${'AK'}IA${randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`;
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
