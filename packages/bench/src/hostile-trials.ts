import { createMasker, type DetectorName, type Masker, type PresetName } from '@spanseal/mask';
import { repeatTo } from './flat-text.js';
import { hostileUnits } from './hostile-texts.js';
import type { Trial } from './slowest.js';

const detectors: Readonly<Record<DetectorName, true>> = {
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

const presets: Readonly<Record<PresetName, true>> = {
  default: true,
  aws: true,
  gcp: true,
  azure: true,
  vault: true,
  payments: true,
  pii: true,
  genai: true,
  lumigo: true,
  strict: true,
};

/** Attributes whose readers differ, and what makes a text look like theirs. */
const contexts: readonly (readonly [key: string, start: string])[] = [
  ['app.note', ''],
  // The preset `strict` lets this one through to the detectors.
  ['error.type', ''],
  ['url.full', 'https://host/'],
  ['url.query', ''],
  ['http.request.header.cookie', ''],
  ['http.request.body', '{"a":'],
  ['http.request.body', '["'],
  ['db.query.text', 'select '],
  ['process.command_line', 'run '],
];

/** Each detector alone, on each hostile text. */
export function detectorTrials(): ReadonlyMap<string, readonly Trial[]> {
  return new Map(
    namesOf(detectors).map((name) => {
      const masker = createMasker({ extends: [], values: [name] });
      return [name, hostileUnits.map((unit) => textTrial(unit, (text) => masker.text(text)))];
    }),
  );
}

/** Each preset, on each hostile text in each kind of attribute. */
export function presetTrials(): ReadonlyMap<string, readonly Trial[]> {
  return new Map(
    namesOf(presets).map((name) => {
      const masker = createMasker({ extends: [name] });
      return [name, contexts.flatMap(([key, start]) => contextTrials(masker, { key, start }))];
    }),
  );
}

/** What stands before a hostile text so that every reader looks at it. */
const secret = 'password=Zq8LmTvW ';
const wordUnits: readonly string[] = ['a=b ', 'a=b;', 'a: b, ', 'aws ', 'docker run ', 'lorem ipsum '];

/** The default policy on hostile texts behind a secret: without one, most of them are passed over. */
export function awakeTrials(): ReadonlyMap<string, readonly Trial[]> {
  const masker = createMasker();
  const units = [...hostileUnits, ...wordUnits];
  const run = (text: string): unknown => masker.attribute('log.message', text);
  return new Map([['default', units.map((unit) => textTrial(unit, run, secret))]]);
}

/** Each preset that judges names, on a key of each hostile text that it has not seen. */
export function keyTrials(): ReadonlyMap<string, readonly Trial[]> {
  return new Map(
    (['default', 'lumigo', 'pii', 'strict', 'genai', 'payments'] satisfies PresetName[]).map((name) => {
      const masker = createMasker({ extends: [name] });
      return [name, hostileUnits.map((unit) => keyTrial(masker, unit))];
    }),
  );
}

let unseen = 0;

function keyTrial(masker: Masker, unit: string): Trial {
  return {
    name: JSON.stringify(unit),
    prepare: (length) => {
      unseen += 1;
      const attributes = { [repeatTo(unit, length) + unseen]: 'value' };
      return () => masker.attributes(attributes);
    },
  };
}

function contextTrials(
  masker: Masker,
  { key, start }: { readonly key: string; readonly start: string },
): readonly Trial[] {
  return hostileUnits.map((unit) => {
    const { name, prepare } = textTrial(unit, (text) => masker.attribute(key, text), start);
    return { name: `${name} in ${key}`, prepare };
  });
}

function textTrial(unit: string, run: (text: string) => unknown, start = ''): Trial {
  return {
    name: JSON.stringify(unit),
    prepare: (length) => {
      const text = repeatTo(unit, length);
      const whole = start === '' ? text : Buffer.from(start + text).toString();
      return () => run(whole);
    },
  };
}

function namesOf<N extends string>(names: Readonly<Record<N, true>>): readonly N[] {
  // The keys of a literal object are what its type says.
  return Object.keys(names) as N[];
}
