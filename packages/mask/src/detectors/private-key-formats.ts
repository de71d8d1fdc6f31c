import { ALPHANUMERIC, type FormatLine } from './token-format.js';

const STANDARD_BASE64 = 'A-Za-z0-9+/=';

/** The beginnings of an RSA key's DER in base64, by what its length makes of them, with what they all go on with. */
function rsaStarts(starts: string, rest: string): string {
  return starts
    .split(' ')
    .map((start) => start + rest)
    .join(' ');
}

/** Private keys without the lines that tell what they are, by the beginning of their DER or of their text. */
export const PRIVATE_KEY_FORMATS: readonly FormatLine[] = [
  // PKCS #8 (RFC 5208): the version and the algorithm; keys of 1024 to 4096 bits
  [
    rsaStarts(
      'MIICdQ MIICdg MIICdw MIICeA MIIEuw MIIEvA MIIEvQ MIIEvg MIIG/A MIIG/Q MIIG/g MIIG/w MIIJQQ MIIJQg MIIJQw MIIJRA',
      'IBADANBgkqhkiG9w0BAQEFAASC',
    ),
    STANDARD_BASE64,
    { atLeast: 30, wraps: true },
  ],
  // PKCS #1 (RFC 8017): the version and the modulus
  [
    `${rsaStarts('MIICWw MIICXA MIICXQ MIICXg', 'IBAAKBgQ')} ${rsaStarts('MIIEog MIIEow MIIEpA MIIEpQ', 'IBAAKCAQEA')} ` +
      `${rsaStarts('MIIG4w MIIG5A MIIG5Q', 'IBAAKCAYEA')} ${rsaStarts('MIIJJw MIIJKA MIIJKQ MIIJKg', 'IBAAKCAgEA')}`,
    STANDARD_BASE64,
    { atLeast: 46, wraps: true },
  ],
  // Elliptic curves: P-256 and P-384 in PKCS #8 and of their own (RFC 5915), and Ed25519 (RFC 8410)
  [
    'MIGHAgEAMBMGByqGSM49AgEG MIG2AgEAMBAGByqGSM49AgEG MIGkAgEBBD MHcCAQEEI',
    STANDARD_BASE64,
    { atLeast: 40, wraps: true },
  ],
  ['MC4CAQAwBQYDK2VwBCIEI', STANDARD_BASE64, { exactly: 43 }],
  // Base64 of a private key's first line, as cluster configurations hold it
  [
    'LS0tLS1CRUdJTiBQUklWQVRF LS0tLS1CRUdJTiBSU0EgUFJJVkFURS LS0tLS1CRUdJTiBFQyBQUklWQVRF LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg ' +
      'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURS LS0tLS1CRUdJTiBEU0EgUFJJVkFURS LS0tLS1CRUdJTiBQR1AgUFJJVkFURS',
    STANDARD_BASE64,
    { wraps: true },
  ],
  ['AGE-SECRET-KEY-1', 'A-Z0-9', { exactly: 58, holds: 'anything' }],
  ['nsec1', 'a-z0-9', { exactly: 58 }],
  ['xprv yprv zprv tprv', ALPHANUMERIC, { exactly: 107, holds: 'cases' }], // BIP 32
];
