import { describe, expect, test } from '@jest/globals';
import { type Attributes, createMasker, type Policy } from '../src/index.js';
import { cpuMillis } from './cpu-time.js';

const names = ['aws', 'aws-extended', 'gcp', 'azure', 'vault', 'payments', 'oidc'];
const everything = createMasker({ extends: [], services: names });

const hosts: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws: {
    secretsmanager: [
      'secretsmanager-fips.us-gov-west-1.amazonaws.com',
      'secretsmanager.us-isob-east-1.sc2s.sgov.gov',
      'secretsmanager-fips.ca-west-1.api.aws',
      'vpce-0a1b-c2d3-us-east-1a.secretsmanager.us-east-1.vpce.amazonaws.com',
      'secretsmanager.us-iso-east-1.api.aws.ic.gov',
    ],
    ssm: ['ssm.us-iso-east-1.c2s.ic.gov', 'ssm-fips.us-east-2.amazonaws.com', 'ssm.mx-central-1.api.aws'],
    kms: [
      'kms-fips.us-east-1.api.aws',
      'vpce-1-2.kms-fips.us-east-1.vpce.amazonaws.com',
      'kms.cn-northwest-1.amazonaws.com.cn',
    ],
    sts: ['sts.amazonaws.com', 'sts-fips.us-west-2.amazonaws.com', 'sts.us-isof-east-1.csp.hci.ic.gov'],
    'instance-metadata': [
      '169.254.169.254',
      'fd00:ec2::254',
      '[fd00:ec2:0::254]',
      '2852039166',
      '0xa9fea9fe',
      '0251.0376.0251.0376',
      '169.254.43518',
      '::ffff:169.254.169.254',
      'instance-data',
    ],
    'container-credentials': ['169.254.170.2', '169.254.170.23', 'fd00:ec2::23'],
  },
  'aws-extended': {
    ssmmessages: ['ssmmessages.eu-west-1.amazonaws.com'],
    'iot-credentials': ['c1abc2.credentials.iot.us-east-1.amazonaws.com'],
    iam: ['iam.amazonaws.com'],
    'cognito-idp': ['cognito-idp.us-east-1.amazonaws.com'],
  },
  gcp: {
    secretmanager: [
      'secretmanager.googleapis.com',
      'secretmanager.mtls.googleapis.com',
      'secretmanager.europe-west3.rep.googleapis.com',
      'secretmanager-myendpoint.p.googleapis.com',
    ],
    cloudkms: ['us-east1-cloudkms.googleapis.com', 'cloudkms.googleapis.com'],
    sts: ['sts.googleapis.com'],
    oauth2: ['oauth2.googleapis.com'],
    'instance-metadata': ['metadata.google.internal', 'metadata', 'fd20:ce::254'],
  },
  azure: {
    keyvault: [
      'my-vault.vault.azure.net',
      'v.vault.azure.cn',
      'v.vault.usgovcloudapi.net',
      'v.privatelink.vaultcore.azure.net',
      'h.managedhsm.usgovcloudapi.net',
    ],
    entra: [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'westus2.login.microsoft.com',
      'sts.windows.net',
      'login.partner.microsoftonline.cn',
      'contoso.b2clogin.com',
    ],
  },
  payments: {
    stripe: ['api.stripe.com', 'files.stripe.com'],
    adyen: [
      'checkout-test.adyen.com',
      'pal-live.adyen.com',
      '1797a841fbb37ca7-AdyenDemo-checkout-live.adyenpayments.com',
    ],
    braintree: ['api.braintreegateway.com', 'payments.sandbox.braintree-api.com'],
    paypal: ['api-m.paypal.com', 'api.sandbox.paypal.com', 'payflowpro.paypal.com'],
    square: ['connect.squareup.com', 'pci-connect.squareupsandbox.com'],
    checkout: ['api.checkout.com', 'access.sandbox.checkout.com', 'ab12cd34.api.checkout.com'],
    worldpay: ['access.worldpay.com', 'secure-test.worldpay.com'],
    authorizenet: ['api2.authorize.net', 'apitest.authorize.net'],
    mollie: ['api.mollie.com'],
    klarna: ['api-na.playground.klarna.com', 'api.klarna.com'],
    razorpay: ['api.razorpay.com'],
    cybersource: ['apitest.cybersource.com'],
  },
};
const known = Object.entries(hosts).flatMap(([preset, services]) =>
  Object.entries(services).flatMap(([service, list]) => list.map((host) => ({ preset, service, host }))),
);

const only = (preset: string): Policy => ({ extends: [], services: [preset] });

describe('a service preset', () => {
  test.each(known)('$preset knows $host', ({ preset, service, host }) => {
    const masker = createMasker(only(preset));
    for (const spelled of [host, host.toUpperCase(), ` ${host} `]) {
      expect(masker.sensitiveService({ 'server.address': spelled })).toMatchObject({ service, preset });
    }
    if (host.includes(':')) return;
    expect(masker.sensitiveService({ 'http.host': `${host}.:443` })).toMatchObject({ service });
    expect(masker.sensitiveService({ 'url.full': `https://u:p@${host}/a?b` })).toMatchObject({ service });
    expect(masker.sensitiveService({ 'http.request.header.host': [host] })).toMatchObject({ service });
  });

  test.each(known.filter(({ host }) => !host.includes(':')))(
    'is not deceived by what only looks like $host',
    ({ host }) => {
      const lookalikes: Attributes[] = [
        { 'server.address': `${host}.evil.example` },
        { 'server.address': `evil${host}x` },
        { 'server.address': `${host}@evil.example` },
        { 'url.full': `https://evil.example/${host}/` },
        { 'url.full': `https://evil.example/?host=${host}` },
        { 'url.full': `https://evil.example#@${host}` },
        { 'url.full': `https://${host}@evil.example/` },
        { 'url.full': `https://${host}%2eevil.example/` },
        { 'url.full': `https://evil.example\\@${host}/` },
      ];
      for (const attributes of lookalikes)
        expect([attributes, everything.sensitiveService(attributes)]).toEqual([attributes, undefined]);
    },
  );

  test.each([
    'stripe.com',
    'docs.stripe.com',
    'api.stripe.com.br',
    'www.adyen.com',
    'docs.adyen.com',
    'paypal.com',
    'www.paypal.com',
    'squareup.com',
    'checkout.com',
    'www.worldpay.com',
    'developer.authorize.net',
    'docs.mollie.com',
    'klarna.com',
    'vault.azure.net',
    'management.azure.com',
    'storage.googleapis.com',
    'metadata.internal',
    'ssm-incidents.us-east-1.amazonaws.com',
    'kmsx.us-east-1.amazonaws.com',
    'sts.us-east-1.s3.amazonaws.com',
    'bucket.s3.us-east-1.vpce.amazonaws.com',
    'secretsmanager.amazonaws.com.evil.example',
    'xsts.amazonaws.com',
    '169.254.169.253',
    '169.254.170.1',
    'fd00:ec2::253',
    '127.0.0.1',
    'localhost',
    'secretmanager-.p.googleapis.com',
  ])('leaves %s alone', (host) => {
    expect(everything.sensitiveService({ 'server.address': host, 'server.port': 443 })).toBeUndefined();
  });

  test.each<[Attributes, string | undefined]>([
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'Secrets Manager' }, 'secretsmanager'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'AWSSecretsManager' }, 'secretsmanager'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'Amazon SSM' }, 'ssm'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'AWSSimpleSystemsManagement' }, 'ssm'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'TrentService' }, 'kms'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'AWSKMS' }, 'kms'],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'AWSSecurityTokenService' }, 'sts'],
    [{ 'rpc.system.name': 'aws-api', 'rpc.method': 'KMS/Decrypt' }, 'kms'],
    [{ 'rpc.service': 'SecretsManager' }, 'secretsmanager'],
    [{ 'rpc.service': 'STS' }, undefined],
    [{ 'rpc.system': 'grpc', 'rpc.service': 'SecretsManager' }, undefined],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'SSMContacts' }, undefined],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'S3' }, undefined],
    [{ 'aws.remote.service': 'AWS::SecretsManager' }, 'secretsmanager'],
    [{ 'aws.remote.service': 'AWS::KMS' }, 'kms'],
    [{ 'aws.remote.service': 'AWS::S3' }, undefined],
    [
      {
        'http.request.header.x-amz-target': ['secretsmanager.GetSecretValue'],
        'server.address': '127.0.0.1',
      },
      'secretsmanager',
    ],
    [{ 'http.request.header.x-amz-target': ['TrentService.Decrypt'] }, 'kms'],
    [{ 'http.request.header.x-amz-target': ['DynamoDB_20120810.GetItem'] }, undefined],
    [{ 'rpc.system': 'aws-api', 'rpc.service': 'CognitoIdentityProvider' }, 'cognito-idp'],
    [
      { 'rpc.system': 'grpc', 'rpc.service': 'google.cloud.secretmanager.v1.SecretManagerService' },
      'secretmanager',
    ],
    [{ 'rpc.system': 'grpc', 'rpc.method': 'google.cloud.kms.v1.KeyManagementService/Decrypt' }, 'cloudkms'],
    [{ 'rpc.system': 'grpc', 'rpc.service': 'google.cloud.storage.v2.Storage' }, undefined],
    [{ 'url.full': 'http://localhost:2773/systemsmanager/parameters/get?name=x' }, 'ssm'],
    [{ 'server.address': '127.0.0.1', 'server.port': 2773 }, 'secretsmanager'],
    [{ 'net.peer.name': '::1', 'net.peer.port': '2773' }, 'secretsmanager'],
    [{ 'url.full': 'http://example.com:2773/secretsmanager/get' }, undefined],
    [{ 'url.full': 'https://vault.internal:8200/v1/secret/data/app' }, 'vault'],
    [{ 'url.full': 'https://10.0.0.5:8200/v1/transit/decrypt/k' }, 'vault'],
    [{ 'url.full': 'http://10.0.0.5:8200/v1/traces' }, undefined],
    [{ 'url.full': 'https://my-cluster.vault.0123.aws.hashicorp.cloud:8200/ui' }, 'vault'],
    [{ 'url.full': 'https://vaultpress.com/v1/secret/' }, undefined],
    [{ 'url.full': 'https://tenant.eu.auth0.com/oauth/token' }, 'token-endpoint'],
    [{ 'url.full': 'https://login.example.com/realms/a/protocol/openid-connect/token' }, 'token-endpoint'],
    [{ 'url.full': 'https://dev.okta.com/oauth2/default/v1/token' }, 'token-endpoint'],
    [{ 'url.full': 'https://github.com/login/oauth/access_token' }, 'token-endpoint'],
    [{ 'server.address': 'id.example', 'http.target': '/connect/token?x=1' }, 'token-endpoint'],
    [{ 'url.full': 'https://github.com/login' }, undefined],
    [{ 'url.full': 'https://example.com/api/tokens' }, undefined],
    [{ 'url.full': 'http://localhost:42356/msi/token?resource=x' }, 'managed-identity'],
    [{ 'url.full': `https://${'u'.repeat(9000)}@sts.amazonaws.com/` }, 'sts'],
    [{ 'url.full': 'https://ｋms.us-east-1.amazonaws.com/' }, 'kms'],
    [{ 'server.address': 5 as never, 'url.full': null, 'server.port': {} as never }, undefined],
  ])('knows what %j calls', (attributes, service) => {
    expect(everything.sensitiveService(attributes)?.service).toBe(service);
  });
});

describe('a masker with many presets that has seen many spans', () => {
  test('decides as one that has seen none', () => {
    const policy: Policy = { extends: [], services: ['aws', 'aws-extended', 'gcp', 'azure', 'payments'] };
    const seasoned = createMasker(policy);
    const spans = known.flatMap(({ host }): Attributes[] => [
      { 'server.address': host, 'server.port': 443 },
      { 'http.request.header.host': [host] },
      { 'url.full': `https://${host}/x` },
      { 'url.full': `https:${host}` },
      { 'url.full': `https://example.com/${host}` },
      { 'server.address': 'localhost', 'http.target': '/msi/token', 'server.port': 2773 },
      { 'server.address': 'localhost', 'http.target': '/x' },
      { 'aws.remote.service': 'AWS::KMS', 'server.address': 'localhost' },
      { 'http.request.header.x-amz-target': ['TrentService.Encrypt'] },
    ]);
    for (const attributes of [...spans, ...spans]) {
      expect([attributes, seasoned.sensitiveService(attributes)]).toEqual([
        attributes,
        createMasker(policy).sensitiveService(attributes),
      ]);
    }
  });
});

describe('a service rule', () => {
  const match = (rule: NonNullable<Policy['services']>[number], attributes: Attributes): boolean =>
    createMasker({
      extends: [],
      define: { clouds: ['aws', 'gcp'], inner: ['*.corp', 'db.*'] },
      services: [rule],
    }).sensitiveService(attributes) !== undefined;

  test('reads long URLs in little time', () => {
    const masker = createMasker();
    const long = [
      `https://${'a'.repeat(1_000_000)}/`,
      `https://${'a.'.repeat(500_000)}com/`,
      `https://${'ä'.repeat(500_000)}/`,
      `https://${'@'.repeat(1_000_000)}sts.amazonaws.com/`,
      `${'x'.repeat(1_000_000)}://`,
      `https:${'/'.repeat(1_000_000)}`,
    ];
    const start = cpuMillis();
    const known = long.map(
      (url) => masker.sensitiveService({ 'url.full': url, 'http.target': url })?.service,
    );
    expect(cpuMillis() - start).toBeLessThan(400);
    expect(known).toEqual([undefined, undefined, undefined, 'sts', undefined, undefined]);
  });

  test('takes lists of the policy', () => {
    expect(match('$clouds', { 'server.address': 'secretmanager.googleapis.com' })).toBe(true);
    expect(match({ name: 'x', host: '$inner' }, { 'server.address': 'a.corp' })).toBe(true);
    expect(match({ name: 'x', host: '$inner' }, { 'server.address': 'db.x' })).toBe(true);
    expect(match({ name: 'x', host: '$inner' }, { 'server.address': 'a.example' })).toBe(false);
    expect(match({ name: 'x', attributes: { 'db.name': '$inner' } }, { 'db.name': 'x.corp' })).toBe(true);
  });

  test('reads hosts in every spelling', () => {
    expect(match({ name: 'x', host: 'FD00::1' }, { 'server.address': 'fd00:0:0::1' })).toBe(true);
    expect(match({ name: 'x', host: 'a.b.' }, { 'server.address': 'A.B' })).toBe(true);
    expect(match({ name: 'x', host: '*.b' }, { 'url.full': 'https://A.B.:8443/x' })).toBe(true);
  });

  test('needs no host for a path or a port', () => {
    expect(match({ name: 'x', path: '/login*' }, { 'http.target': '/login?user=x' })).toBe(true);
    expect(match({ name: 'x', path: '/login' }, { 'url.path': '/login' })).toBe(true);
    expect(match({ name: 'x', path: '/login' }, { 'url.path': '/logins' })).toBe(false);
    expect(match({ name: 'x', path: '/p' }, { 'http.target': 'http://proxied.example/p?q' })).toBe(true);
    expect(match({ name: 'x', port: 6000 }, { 'server.port': 6000 })).toBe(true);
  });

  test('looks into lists of an attribute', () => {
    expect(match({ name: 'x', attributes: { a: 'v*' } }, { a: ['u', 'v1'] })).toBe(true);
    expect(match({ name: 'x', attributes: { a: '5' } }, { a: 5 })).toBe(true);
    expect(match({ name: 'x', attributes: { a: '*' } }, { a: null })).toBe(false);
  });
});
