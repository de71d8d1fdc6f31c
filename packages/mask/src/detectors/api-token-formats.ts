import {
  ALPHANUMERIC,
  BASE64,
  BASE64URL,
  formats,
  HEX,
  type InfixFormat,
  infixFormat,
  type PrefixFormat,
  part,
} from './token-format.js';

const HEX_OF_ANY_CASE = 'A-Fa-f0-9';
const LOWER = 'a-z0-9';

/**
 * Token formats that need no context, from the vendors' documentation and the rules of gitleaks, secretlint and trufflehog.
 * A format whose prefix is short or an ordinary word has a fixed length.
 */
export const PREFIX_FORMATS: readonly PrefixFormat[] = [
  // Source hosting and CI
  ...formats('ghp_ gho_ ghu_ ghs_ ghr_', ALPHANUMERIC),
  ...formats('github_pat_', 'A-Za-z0-9_'),
  ...formats(
    'glpat- gldt- glft- glagent- glptt- glrt- glrtr- glsoat- glcbt- glimt- glffct- gloas- glwt-',
    'A-Za-z0-9_.-',
  ),
  ...formats('GR1348941', BASE64URL),
  ...formats('_gitlab_session=', ALPHANUMERIC, { publicPrefix: true }),
  ...formats('ATATT3 ATCTT3 ATBB', 'A-Za-z0-9_=-'),
  ...formats('BBDC-', 'A-Za-z0-9+/=_-', { atLeast: 30 }),
  ...formats('bkua_ bkaj_ bkct_', HEX),
  ...formats('CCIPAT_ CCIPRJ_', 'A-Za-z0-9_'),
  ...formats('sgp_local_', HEX_OF_ANY_CASE, { exactly: 40 }),
  ...formats('sgp_', 'A-Fa-f0-9_', { exactly: 57 }),
  ...formats('sgp_', HEX_OF_ANY_CASE, { exactly: 40 }),
  ...formats('pul-', HEX, { exactly: 40 }),
  ...formats('dckr_pat_ dckr_oat_', BASE64URL),
  ...formats('dp.pt. dp.st. dp.ct. dp.sa. dp.said. dp.scim. dp.audit.', 'A-Za-z0-9_.-'),
  ...formats('sntrys_', 'A-Za-z0-9_+/=-'),
  ...formats('sntryu_ sntrya_ sntryi_', HEX, { exactly: 64 }),
  ...formats('sqp_ squ_ sqa_', 'A-Za-z0-9_=-'),
  ...formats('jfrt@ cmVmdGtuO', BASE64URL),
  ...formats('cmVmd', ALPHANUMERIC, { exactly: 59 }),
  ...formats('AKCp', ALPHANUMERIC, { exactly: 69 }),
  ...formats('API-', 'A-Z0-9', { exactly: 26 }),
  ...formats('pnu_ pnb_', ALPHANUMERIC, { exactly: 36 }),
  ...formats('pat. sat.', 'A-Za-z0-9_.-', { exactly: 68 }), // 22, 24 and 20 with dots between
  ...formats('s-s4t2ud- s-s4t2af-', HEX),
  ...formats('tk-us- tk-eu-', BASE64URL, { exactly: 48 }),
  ...formats('sl.', 'A-Za-z0-9_=.-', { atLeast: 120 }),
  ...formats('vcp_ vci_ vca_ vcr_ vck_', ALPHANUMERIC, { atLeast: 24 }),
  ...formats('nfp_ nfc_ nfo_ nfu_ nfb_', BASE64URL, { atLeast: 36 }),
  ...formats('ddp_ ddw_', ALPHANUMERIC, { exactly: 36 }),
  ...formats('sdk-', 'a-f0-9-', { exactly: 36 }),
  ...formats('depot_org_ depot_project_', ALPHANUMERIC, { atLeast: 32 }),
  ...formats('octo-', 'A-Z0-9', { exactly: 26 }),
  ...formats('endr+', 'A-Za-z0-9-', { exactly: 16 }),
  ...formats('rdme_', LOWER, { exactly: 70 }),
  // Packages
  ...formats('npm_', ALPHANUMERIC),
  ...formats('pypi-AgE', BASE64URL),
  ...formats('pypi-', BASE64URL, { atLeast: 40 }),
  ...formats('rubygems_', HEX),
  ...formats('oy2', LOWER, { exactly: 43 }),
  ...formats('CLOJARS_', ALPHANUMERIC),
  ...formats('cio', ALPHANUMERIC, { exactly: 32 }),
  ...formats('ppy_', ALPHANUMERIC, { exactly: 40 }),
  // Chat
  ...formats('xoxb- xoxe- xoxo- xoxp- xoxs- xoxc- xapp- xwfp-', 'A-Za-z0-9-', { holds: 'digits' }),
  ...formats('xoxe.xoxb- xoxe.xoxp-', 'A-Za-z0-9-', { holds: 'digits' }),
  ...formats('xoxa- xoxr-', 'A-Za-z0-9-', { atLeast: 12 }),
  ...formats('xoxd-', 'A-Za-z0-9%+/=-'),
  ...formats(
    'hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/',
    'A-Za-z0-9+/_-',
    { publicPrefix: true },
  ),
  ...formats('discord.com/api/webhooks/ discordapp.com/api/webhooks/', 'A-Za-z0-9/_-', {
    publicPrefix: true,
  }),
  ...formats('mfa.', BASE64URL, { exactly: 84 }),
  ...formats('api.telegram.org/bot', 'A-Za-z0-9:_-', { publicPrefix: true }),
  ...formats(
    'webhook.office.com/webhookb2/ outlook.office.com/webhook/ logic.azure.com/workflows/',
    'A-Za-z0-9@/-',
    { publicPrefix: true },
  ),
  ...formats('hooks.zapier.com/hooks/catch/ maker.ifttt.com/trigger/', 'A-Za-z0-9/_-', {
    publicPrefix: true,
    atLeast: 12,
  }),
  // Payment and commerce
  ...formats('sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_', ALPHANUMERIC, { atLeast: 10 }),
  ...formats('sk_', HEX, { exactly: 48 }),
  ...formats('whsec_', 'A-Za-z0-9+/='),
  ...formats('sq0atp- sq0csp- sq0idp-', BASE64URL, { atLeast: 20 }),
  ...formats('EAAAE', BASE64URL, { atLeast: 20 }),
  ...formats('EAAA', BASE64URL, { lengths: [22, 60], holds: 'cases' }),
  ...formats('shpat_ shpca_ shppa_ shpss_ shpua_ shptka_', ALPHANUMERIC),
  ...formats('FLWPUBK_TEST- FLWSECK_TEST- FLWSECK- FLWPUBK-', 'A-Za-z0-9-', { atLeast: 12 }),
  ...formats('rzp_live_ rzp_test_', ALPHANUMERIC, { exactly: 14 }),
  ...formats('access_token$production$ access_token$sandbox$', 'a-z0-9$'),
  ...formats('shippo_live_ shippo_test_', HEX_OF_ANY_CASE),
  ...formats('duffel_test_ duffel_live_', 'A-Za-z0-9_=-'),
  ...formats('EZAK EZTK', ALPHANUMERIC, { exactly: 54 }),
  ...formats('amzn.mws.', 'a-f0-9-'),
  ...formats('amzn1.oa2-cs.v1.', HEX),
  ...formats('PMAK- PMAT-', 'A-Za-z0-9-'),
  ...formats('pat-na1- pat-na2- pat-eu1- pat-ap1-', 'A-Fa-f0-9-'),
  ...formats('test_sk_ live_sk_', ALPHANUMERIC),
  // Clouds
  ...formats('AIza', BASE64URL, { exactly: 35 }),
  ...formats('ya29.', 'A-Za-z0-9_.-'),
  ...formats('GOCSPX-', BASE64URL),
  ...formats('1//0', BASE64URL, { atLeast: 30 }),
  ...formats('dop_v1_ doo_v1_ dor_v1_', HEX),
  ...formats('ABSKQmVkcm9ja0FQSUtleS', BASE64),
  ...formats('bedrock-api-key-', BASE64),
  // Session tokens of AWS STS: base64 of a version and, in most, of "origin" or "er/aws"
  ...formats('IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz AQoDYXdz AQoEXAMPLE', 'A-Za-z0-9+/=%'),
  ...formats('LTAI', ALPHANUMERIC, { exactly: 20 }),
  ...formats('hvs. hvb. hvr.', BASE64URL),
  ...formats('s.', ALPHANUMERIC, { exactly: 24, holds: 'cases' }),
  ...formats('fo1_ fm1_ fm2_ fm1a_ fm1r_', BASE64),
  ...formats('sbp_', HEX),
  ...formats('sb_secret_', BASE64URL),
  ...formats('pscale_tkn_ pscale_oauth_ pscale_pw_', 'A-Za-z0-9_.=-'),
  ...formats('dapi', 'a-f0-9-', { exactly: 32 }),
  ...formats('dapi', 'a-f0-9-', { exactly: 34 }),
  ...formats('dose', HEX, { exactly: 32 }),
  ...formats('HRKU-', 'A-Za-z0-9_-'),
  ...formats('rnd_ rpa_', ALPHANUMERIC, { atLeast: 20 }),
  ...formats('CFPAT-', BASE64URL),
  ...formats('v1.0-', 'a-f0-9-', { exactly: 171 }),
  ...formats('cfut_ cfat_ cfk_', ALPHANUMERIC, { atLeast: 40 }),
  ...formats('p8e-', HEX),
  ...formats('8AEA', BASE64URL, { exactly: 40 }),
  ...formats('t1.', 'A-Z0-9a-z_.=-', { atLeast: 60 }),
  ...formats('AQVN', BASE64URL, { lengths: [35, 38], holds: 'cases' }),
  ...formats('YCAJ YCM YCN YCO YCP', BASE64URL, { lengths: [36, 38], holds: 'cases' }),
  ...formats('sha256~', BASE64URL, { exactly: 43 }),
  ...formats('tskey-auth- tskey-api- tskey-client- tskey-webhook- tskey-scim-', 'A-Za-z0-9-'),
  ...formats('AVNS_', BASE64URL, { atLeast: 16, holds: 'cases' }),
  ...formats('napi_', LOWER, { atLeast: 40 }),
  ...formats('mdb_sa_sk_', BASE64URL),
  ...formats('4b1d', ALPHANUMERIC, { exactly: 38, holds: 'cases' }),
  ...formats('scw_ SCW', ALPHANUMERIC, { exactly: 36, holds: 'cases' }),
  ...formats('LSY LSA', ALPHANUMERIC, { exactly: 40, holds: 'cases' }),
  // Mail, telephony, observability
  ...formats('SG.', 'A-Za-z0-9_.=-'),
  ...formats('xkeysib- xsmtpsib-', 'a-zA-Z0-9-'),
  ...formats('mlsn.', HEX),
  ...formats('re_', 'A-Za-z0-9_', { exactly: 33 }),
  ...formats('SK', HEX_OF_ANY_CASE, { exactly: 32 }),
  ...formats('AC', HEX, { exactly: 32 }),
  ...formats('NRAK- NRJS- NRSP- NRII- NRAA- NRRA- NRBR-', 'A-Za-z0-9-'),
  ...formats('glc_ glsa_', 'A-Za-z0-9+/=_'),
  ...formats('eyJrIjoi', 'A-Za-z0-9+/='),
  ...formats('dt0c01. dt0s01. dt0s02. dt0s16. dt0s08. dt0e02.', 'A-Za-z0-9.'),
  ...formats('ddapp_ ddog_ ddpat_', ALPHANUMERIC, { atLeast: 30 }),
  ...formats('phc_ phx_ phs_', ALPHANUMERIC),
  ...formats('aio_', ALPHANUMERIC, { exactly: 28 }),
  ...formats('u+', 'A-Za-z0-9_-', { exactly: 18, holds: 'cases' }),
  ...formats('hcaik_ hcbik_ hcxik_ hcamk_', LOWER, { atLeast: 30 }),
  ...formats('xaat-', HEX, { atLeast: 30 }),
  // Design, work and identity
  ...formats('figd_ figoh_ figor_', BASE64URL),
  ...formats('ntn_', ALPHANUMERIC, { exactly: 46 }),
  ...formats('secret_', ALPHANUMERIC, { exactly: 43 }),
  ...formats('lin_api_ lin_oauth_', ALPHANUMERIC),
  ...formats('pat', 'A-Za-z0-9.', { exactly: 79 }),
  ...formats('sm_pat_ sm_aat_ sm_sat_', ALPHANUMERIC),
  ...formats('ops_eyJ', BASE64),
  ...formats('A3-', 'A-Z0-9-', { exactly: 36 }),
  ...formats('A3-', 'A-Z0-9-', { exactly: 37 }),
  ...formats('authress_ scauth_ sc_ ext_', 'A-Za-z0-9_.+/=-', { atLeast: 40 }),
  ...formats('ico-', ALPHANUMERIC, { exactly: 32 }),
  ...formats('dnkey-', 'a-z0-9=_-', { atLeast: 40 }),
  ...formats('tfp_', 'A-Za-z0-9_.=-', { atLeast: 40 }),
  ...formats('fio-u-', 'A-Za-z0-9_=-', { atLeast: 40 }),
  ...formats('v1.local. v2.local. v3.local. v4.local.', 'A-Za-z0-9_.-'), // PASETO
  ...formats('v1.public. v2.public. v3.public. v4.public.', 'A-Za-z0-9_.-'),
  ...formats(
    'k1.local. k2.local. k3.local. k4.local. k1.secret. k2.secret. k3.secret. k4.secret.',
    BASE64URL,
  ),
  ...formats('ZXlK', 'A-Za-z0-9+/=_-', { atLeast: 40 }), // base64 of "eyJ": a JSON web token in base64
  ...formats('AGE-SECRET-KEY-1', 'A-Z0-9', { exactly: 58, holds: 'anything' }),
  // Base64 of a private key's first line, as cluster configurations hold it
  ...formats(
    'LS0tLS1CRUdJTiBQUklWQVRF LS0tLS1CRUdJTiBSU0EgUFJJVkFURS LS0tLS1CRUdJTiBFQyBQUklWQVRF LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg ' +
      'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURS LS0tLS1CRUdJTiBEU0EgUFJJVkFURS LS0tLS1CRUdJTiBQR1AgUFJJVkFURS',
    'A-Za-z0-9+/=',
  ),
  // Hashes of passwords, as crypt(3) and its successors write them
  ...formats('$2a$ $2b$ $2y$', './A-Za-z0-9$', { exactly: 56 }),
  ...formats('$1$ $5$ $6$ $apr1$ $y$ $argon2i$ $argon2d$ $argon2id$ $scrypt$', './A-Za-z0-9$=,+', {
    atLeast: 24,
  }),
  // A bearer token that a browser hands to a web socket of Kubernetes
  ...formats('base64url.bearer.authorization.k8s.io.', BASE64URL, { publicPrefix: true }),
  ...formats('bw_ BWS_', 'A-Za-z0-9.:-', { atLeast: 40, holds: 'cases' }),
  // Models
  ...formats('nvapi-', BASE64URL),
  ...formats('sk-proj- sk-svcacct- sk-admin- sk-ant- sk-or-v1- sk-lf- sk-None-', BASE64URL),
  ...formats('sk-', ALPHANUMERIC),
  ...formats('hf_ api_org_', ALPHANUMERIC, { holds: 'cases' }),
  ...formats('hf_ api_org_', 'A-Za-z', { exactly: 34, holds: 'any' }),
  ...formats('r8_', ALPHANUMERIC, { atLeast: 30 }),
  ...formats('gsk_ xai- pplx- tvly-', 'A-Za-z0-9-'),
  ...formats('lsv2_pt_ lsv2_sk_', 'A-Fa-f0-9_'),
  ...formats('EAA', ALPHANUMERIC, { atLeast: 60 }),
  ...formats('IGQV IGQW', BASE64URL, { atLeast: 60 }),
  ...formats('ATTA', ALPHANUMERIC, { exactly: 72 }),
  ...formats('wandb_v1_ tgp_v1_ pcsk_', BASE64URL),
  ...formats('jina_', ALPHANUMERIC, { atLeast: 40 }),
  ...formats('nk- pa-', BASE64URL, { exactly: 43, holds: 'cases' }),
  ...formats('fw_', ALPHANUMERIC, { exactly: 24, holds: 'cases' }),
];

export const INFIX_FORMATS: readonly InfixFormat[] = [
  // Microsoft Entra ID client secret
  infixFormat('Q~', part('', 'A-Za-z0-9_~.-', 4), {
    beforeEnd: '0-9',
    after: [part('', 'A-Za-z0-9_~.-', 31, 34)],
  }),
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
  // Mailgun and Mailchimp
  infixFormat('-', part('', HEX, 32), { after: [part('', HEX, 8), part('-', HEX, 8)] }),
  infixFormat('-us', part('', HEX, 32), { after: [part('', '0-9', 1, 2)] }),
  // Asana, behind `1/` or `2/…/`
  infixFormat(':', part('', '0-9', 15, 17), { after: [part('', HEX, 32)] }),
  // Keys of Azure services by the signature that they carry
  infixFormat('JQQJ99', part('', ALPHANUMERIC, 52), { after: [part('', ALPHANUMERIC, 24, 30)] }),
  infixFormat('+ASt', part('', 'A-Za-z0-9+/', 76), {
    after: [part('', 'A-Za-z0-9+/', 6), part('==', '', 0)],
  }),
  infixFormat('ACDb', part('', 'A-Za-z0-9+/', 76), {
    after: [part('', 'A-Za-z0-9+/', 6), part('==', '', 0)],
  }),
  infixFormat('AzFu', part('', BASE64URL, 44), { after: [part('', BASE64URL, 6), part('==', '', 0)] }),
  infixFormat('AzSe', part('', ALPHANUMERIC, 42), { after: [part('', ALPHANUMERIC, 6)] }),
  infixFormat('+ACR', part('', 'A-Za-z0-9+/', 42), { after: [part('', 'A-Za-z0-9+/', 6)] }),
];
