import { apiTokenDetector } from './api-token.js';
import { basicCredentialsDetector, bearerTokenDetector } from './authorization-scheme.js';
import { awsAccessKeyIdDetector, awsSecretAccessKeyDetector } from './aws-keys.js';
import { commandCredentialsDetector } from './command-credentials.js';
import { cryptoWalletDetector } from './crypto-wallet.js';
import { emailDetector } from './email.js';
import { ibanDetector } from './iban.js';
import { ipAddressDetector } from './ip-address.js';
import { jwtDetector } from './jwt.js';
import { kubernetesSecretDetector } from './kubernetes-secret.js';
import { macAddressDetector } from './mac-address.js';
import { namedSecretDetector } from './named-secret.js';
import { namedSsnDetector } from './named-ssn.js';
import { oneTimeCodeDetector } from './one-time-code.js';
import { paymentCardDetector } from './payment-card.js';
import { pemPrivateKeyDetector } from './pem-private-key.js';
import { phoneDetector } from './phone.js';
import { urlUserinfoDetector } from './url-userinfo.js';
import { usSsnDetector } from './us-ssn.js';
import type { ValueDetector } from './value-detector.js';

/** The names by which a policy switches a built-in detector on. */
export type DetectorName =
  | 'payment-card'
  | 'jwt'
  | 'aws-access-key-id'
  | 'aws-secret-access-key'
  | 'email'
  | 'url-userinfo'
  | 'us-ssn'
  | 'iban'
  | 'pem-private-key'
  | 'bearer-token'
  | 'basic-credentials'
  | 'api-token'
  | 'named-secret'
  | 'command-credentials'
  | 'kubernetes-secret'
  | 'phone'
  | 'ip-address'
  | 'named-ssn'
  | 'one-time-code'
  | 'mac-address'
  | 'crypto-wallet';

const DETECTORS: Readonly<Record<DetectorName, ValueDetector>> = {
  'pem-private-key': pemPrivateKeyDetector,
  'url-userinfo': urlUserinfoDetector,
  jwt: jwtDetector,
  'api-token': apiTokenDetector,
  'aws-access-key-id': awsAccessKeyIdDetector,
  'aws-secret-access-key': awsSecretAccessKeyDetector,
  'bearer-token': bearerTokenDetector,
  'basic-credentials': basicCredentialsDetector,
  'named-secret': namedSecretDetector,
  'command-credentials': commandCredentialsDetector,
  'kubernetes-secret': kubernetesSecretDetector,
  'payment-card': paymentCardDetector,
  iban: ibanDetector,
  'us-ssn': usSsnDetector,
  email: emailDetector,
  phone: phoneDetector,
  'ip-address': ipAddressDetector,
  'named-ssn': namedSsnDetector,
  'one-time-code': oneTimeCodeDetector,
  'mac-address': macAddressDetector,
  'crypto-wallet': cryptoWalletDetector,
};

/** Every built-in detector by its name, the ones with the longest matches first. */
export const builtInDetectors: ReadonlyMap<string, ValueDetector> = new Map(Object.entries(DETECTORS));
