import type { FormatLine } from './token-format.js';

/** What frameworks and protocols hand out for a session, by how its content begins once it is encoded. */
export const SESSION_FORMATS: readonly FormatLine[] = [
  ['gAAAAA', 'A-Za-z0-9_=-', { atLeast: 90, holds: 'cases' }], // Fernet
  ['Fe26.2*', 'A-Za-z0-9_*-', { atLeast: 100 }], // iron
  ['BAh7', 'A-Za-z0-9+/=%-', { atLeast: 40, holds: 'cases' }], // a hash that Ruby wrote, and its signature
  // SAML: "<samlp:Response", "<saml2p:Response", "<saml:Assertion", "<saml2:Assertion"
  ['PHNhbWxwOlJlc3BvbnNl PHNhbWwycDpSZXNwb25zZ PHNhbWw6QXNzZXJ0aW9u PHNhbWwyOkFzc2VydGlvb', 'A-Za-z0-9+/=%'],
];
