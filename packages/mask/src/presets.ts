import { conversationGlobs } from './conversation-names.js';
import type { DetectorName } from './detectors/built-in-detectors.js';
import type { PresetName } from './policy.js';

/** A preset as data. What a policy says itself comes before it; presets merge in the order of `extends`. */
export interface Preset {
  /** Regular expressions on names. */
  readonly patterns?: readonly string[];
  /** Globs on names. */
  readonly globs?: readonly string[];
  /** A judgement of names by their words. */
  readonly names?: 'secret' | 'personal' | 'unlisted' | 'conversation';
  readonly detectors?: readonly DetectorName[];
  readonly services?: readonly string[];
  /** Also mask what is a secret by its place: SQL literals, URL userinfo, Redis arguments, credentials in headers. */
  readonly structured?: boolean;
}

/** The key patterns of lumigo-node, `SECRET_MASKING_REGEX`, verbatim. */
export const lumigoPatterns: readonly string[] = [
  '.*pass.*',
  '.*key.*',
  '.*secret.*',
  '.*credential.*',
  '.*passphrase.*',
  'SessionToken',
  'x-amz-security-token',
  'Signature',
  'Credential',
  'Authorization',
];

const secretDetectors: readonly DetectorName[] = [
  'payment-card',
  'jwt',
  'aws-access-key-id',
  'aws-secret-access-key',
  'email',
  'url-userinfo',
  'us-ssn',
  'iban',
  'pem-private-key',
  'bearer-token',
  'basic-credentials',
  'api-token',
  'named-secret',
  'command-credentials',
  'kubernetes-secret',
  'one-time-code',
];

/** Card and account data by name: what the card industry calls cardholder and sensitive authentication data. */
const paymentGlobs: readonly string[] = [
  '*card_number',
  '*card_no',
  '*card.number',
  '*cardnumber',
  '*card_pan',
  'pan',
  '*_pan',
  '*cvv',
  '*cvv2',
  '*cvc',
  '*cvc2',
  '*card_security_code',
  '*card_expir*',
  '*card_exp_*',
  '*card.exp_*',
  '*exp_month',
  '*exp_year',
  '*cardholder*',
  '*card_holder*',
  '*track1*',
  '*track2*',
  '*track_data',
  '*magstripe*',
  '*pin_block',
  '*cryptogram',
  '*payment_method_nonce',
  '*iban',
  '*account_number',
  '*routing_number',
  '*sort_code',
  '*bank_account',
];

export const presets: ReadonlyMap<string, Preset> = new Map<PresetName, Preset>([
  ['default', { names: 'secret', detectors: secretDetectors, services: ['aws'], structured: true }],
  ['lumigo', { patterns: lumigoPatterns, services: ['lumigo'] }],
  ['aws', { services: ['aws'] }],
  ['gcp', { services: ['gcp'] }],
  ['azure', { services: ['azure'] }],
  ['vault', { services: ['vault'] }],
  ['payments', { detectors: ['payment-card', 'iban'], globs: paymentGlobs, services: ['payments'] }],
  [
    'pii',
    {
      names: 'personal',
      detectors: ['email', 'us-ssn', 'named-ssn', 'phone', 'ip-address', 'mac-address', 'crypto-wallet'],
    },
  ],
  ['genai', { globs: conversationGlobs, names: 'conversation' }],
  ['strict', { names: 'unlisted', detectors: secretDetectors, services: ['aws'], structured: true }],
]);
