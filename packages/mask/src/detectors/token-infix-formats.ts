import { ALPHANUMERIC, BASE64URL, HEX, type InfixFormat, infixFormat, part } from './token-format.js';

const LOWER = 'a-z0-9';

/** Token formats whose sign stands inside of them. */
export const INFIX_FORMATS: readonly InfixFormat[] = [
  // A vendor's name, what it is (`acme_pat_…`, `acme_live_…`), and a run that no name holds
  ...[
    '_pat_',
    '_oat_',
    '_at_',
    '_sk_',
    '_key_',
    '_api_',
    '_token_',
    '_secret_',
    '_live_',
    '_production_',
  ].map((kind) =>
    infixFormat(kind, part('', LOWER, 3, 24), { after: [part('', BASE64URL, 20, 128)], holds: 'random' }),
  ),
  // Microsoft Entra ID client secret
  infixFormat('Q~', part('', 'A-Za-z0-9_~.-', 4), {
    beforeEnd: '0-9',
    after: [part('', 'A-Za-z0-9_~.-', 31, 34)],
  }),
  // Salesforce session, behind the id of its organisation
  infixFormat('!', part('', ALPHANUMERIC, 15), { after: [part('', 'A-Za-z0-9_.', 80, 160)] }),
  // Stripe client secret
  infixFormat('_secret_', part('', ALPHANUMERIC, 24), { after: [part('', ALPHANUMERIC, 20, 64)] }),
  // HCP Terraform
  infixFormat('.atlasv1.', part('', ALPHANUMERIC, 14), { after: [part('', 'A-Za-z0-9_=-', 16, 80)] }),
  // Telegram bot
  infixFormat(':AA', part('', '0-9', 8, 10), { after: [part('', BASE64URL, 30, 40)] }),
  infixFormat(':A', part('', '0-9', 8, 10), { after: [part('', BASE64URL, 34)] }),
  // Discord bot and user
  infixFormat('.', part('', BASE64URL, 23, 28), {
    after: [part('', BASE64URL, 6, 7), part('.', BASE64URL, 27, 45)],
  }),
  // Facebook application
  infixFormat('|', part('', '0-9', 15, 16), { after: [part('', BASE64URL, 20, 45)] }),
  // MaxMind licence
  infixFormat('_', part('', ALPHANUMERIC, 6), { after: [part('', ALPHANUMERIC, 29), part('_mmk', '', 0)] }),
  // New Relic licence
  infixFormat('NRAL', part('', HEX, 36), { after: [] }),
  // Mailgun and Mailchimp
  infixFormat('-', part('', HEX, 32), { after: [part('', HEX, 8), part('-', HEX, 8)] }),
  infixFormat('-us', part('', HEX, 32), { after: [part('', '0-9', 1, 2)] }),
  // Asana, behind `1/` or `2/…/`
  infixFormat(':', part('', '0-9', 15, 17), { after: [part('', HEX, 32)] }),
  // A registration of Firebase Cloud Messaging, and a server's key
  infixFormat(':APA91b', part('', BASE64URL, 11, 32), { after: [part('', BASE64URL, 100, 200)] }),
  infixFormat('msh', part('', HEX, 10), {
    after: [part('', HEX, 15), part('p1', HEX, 5, 6), part('jsn', HEX, 12)],
  }),
  infixFormat('_', part('', ALPHANUMERIC, 27), { after: [part('', ALPHANUMERIC, 21)], holds: 'random' }),
  // Keys of Azure services by the signature that they carry
  infixFormat('JQQJ99', part('', ALPHANUMERIC, 52), { after: [part('', ALPHANUMERIC, 24, 30)] }),
  infixFormat('+ASt', part('', 'A-Za-z0-9+/', 76), {
    after: [part('', 'A-Za-z0-9+/', 6), part('==', '', 0)],
  }),
  infixFormat('ACDb', part('', 'A-Za-z0-9+/', 76), {
    after: [part('', 'A-Za-z0-9+/', 6), part('==', '', 0)],
  }),
  infixFormat('AZEG', part('', 'A-Za-z0-9+/', 33), { after: [part('', 'A-Za-z0-9+/', 6), part('=', '', 0)] }),
  infixFormat('AzFu', part('', BASE64URL, 44), { after: [part('', BASE64URL, 6), part('==', '', 0)] }),
  infixFormat('AzSe', part('', ALPHANUMERIC, 42), { after: [part('', ALPHANUMERIC, 6)] }),
  infixFormat('+ACR', part('', 'A-Za-z0-9+/', 42), { after: [part('', 'A-Za-z0-9+/', 6)] }),
];
