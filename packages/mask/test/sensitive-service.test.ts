import { describe, expect, test } from '@jest/globals';
import { type Attributes, createMasker, structuralAttributes } from '../src/index.js';
import { vectorCases } from './vector-file.js';

interface ServiceInput {
  readonly host?: string;
  readonly url?: string;
  readonly port?: number;
  readonly rpcSystem?: string;
  readonly rpcService?: string;
  readonly rpcMethod?: string;
}

function spellings({ host, url, port, rpcSystem, rpcService, rpcMethod }: ServiceInput): Attributes[] {
  if (url !== undefined) return [{ 'url.full': url }, { 'http.url': url }];
  if (host !== undefined) {
    return [
      { 'server.address': host, 'server.port': port },
      { 'net.peer.name': host, 'net.peer.port': port },
      { 'http.host': port === undefined ? host : `${host}:${port}` },
    ];
  }
  return [{ 'rpc.system': rpcSystem, 'rpc.service': rpcService, 'rpc.method': rpcMethod }];
}

const everything = createMasker({ extends: ['default', 'gcp', 'azure', 'vault'] });
const standard = createMasker();

describe('sensitive services', () => {
  test.each(vectorCases('hosts-sensitive').filter(({ expect: { sensitive } }) => sensitive !== 'policy'))(
    'knows whether $id is one',
    ({ input, expect: { sensitive, service, preset } }) => {
      for (const attributes of spellings(input as ServiceInput)) {
        const match = everything.sensitiveService(attributes);
        if (sensitive === true) expect(match).toMatchObject({ service, preset });
        else expect(match).toBeUndefined();
        if (preset !== 'aws') expect(standard.sensitiveService(attributes)).toBeUndefined();
      }
    },
  );

  test.each(['secretsmanager.us-east-1.amazonaws.com.', 'KMS.eu-west-1.API.AWS', 'sts.amazonaws.com:443'])(
    'knows %s',
    (host) => {
      expect(standard.sensitiveService({ 'server.address': host })).toBeDefined();
    },
  );

  test.each([
    'https://sts.amazonaws.com@evil.example/',
    'https://evil.example/#sts.amazonaws.com',
    'https://evil.example/sts.amazonaws.com',
    'https://sts.amazonaws.com.evil.example/',
  ])('is not deceived by %s', (url) => {
    expect(standard.sensitiveService({ 'url.full': url })).toBeUndefined();
  });

  test.each([
    ['https:', 'https:/sts.amazonaws.com/'],
    ['https://', 'https:///sts.amazonaws.com/'],
    ['https:///shop.example', 'https:///shop.example.sts.amazonaws.com/'],
    ['https://shop.example/', 'https://shop.example@sts.amazonaws.com/'],
    ['https://shop', 'https://shop:x@sts.amazonaws.com/'],
    ['https://sts.amazonaws.co', 'https://sts.amazonaws.com/'],
    ['/', '//sts.amazonaws.com/'],
  ])('is not taken in by %s before %s', (before, url) => {
    const masker = createMasker();
    const known = createMasker().sensitiveService({ 'url.full': url });
    for (const key of ['url.full', 'server.address']) masker.sensitiveService({ [key]: before });
    expect(masker.sensitiveService({ 'url.full': url })).toEqual(known);
  });

  test('reads service and method that are written as one', () => {
    const match = standard.sensitiveService({
      'rpc.system.name': 'aws-api',
      'rpc.method': 'SecretsManager/GetSecretValue',
    });
    expect(match).toEqual({ service: 'secretsmanager', preset: 'aws', rule: 'aws:rpc' });
  });

  test('of the policy match when everything that they give does', () => {
    const masker = createMasker({
      extends: [],
      services: [
        { name: 'Tokens', host: '*.tokens.internal', port: 8443, path: '/v2/*' },
        { name: 'ledger', attributes: { 'db.namespace': 'ledger*' } },
        { name: 'signer', rpcService: 'acme.Signer' },
      ],
    });
    const match = (attributes: Attributes): string | undefined =>
      masker.sensitiveService(attributes)?.service;
    expect(match({ 'url.full': 'https://eu.tokens.internal:8443/v2/mint' })).toBe('tokens');
    expect(match({ 'url.full': 'https://eu.tokens.internal/v2/mint' })).toBeUndefined();
    expect(match({ 'url.full': 'https://eu.tokens.internal:8443/v1' })).toBeUndefined();
    expect(match({ 'db.namespace': 'Ledger_2024' })).toBe('ledger');
    expect(match({ 'rpc.service': 'acme.signer' })).toBe('signer');
    expect(match({ 'server.address': 'kms.us-east-1.amazonaws.com' })).toBeUndefined();
  });

  test('keep a short structural allow-list, and the host only when it is their own', () => {
    const attributes = {
      'rpc.system': 'aws-api',
      'rpc.service': 'SecretsManager',
      'rpc.method': 'GetSecretValue',
      'cloud.region': 'eu-west-1',
      'http.response.status_code': 200,
      'server.address': 'secretsmanager.eu-west-1.amazonaws.com',
      'aws.secretsmanager.secret.arn': 'arn:aws:x',
      'url.full': 'https://secretsmanager.eu-west-1.amazonaws.com/',
    };
    const match = standard.sensitiveService(attributes);
    expect(match).toBeDefined();
    if (match === undefined) return;
    const { 'aws.secretsmanager.secret.arn': _arn, 'url.full': _url, ...kept } = attributes;
    expect(structuralAttributes(attributes, match)).toEqual(kept);
    expect(
      structuralAttributes({ ...attributes, 'server.address': 'proxy.internal' }, match),
    ).not.toHaveProperty(['server.address']);
  });
});

describe('a masker that has seen many hosts', () => {
  test('decides as one that has seen none', () => {
    const odd = [
      'https:///kms.us-east-1.amazonaws.com/',
      'https:\\\\kms.us-east-1.amazonaws.com/x',
      'https://user@kms.us-east-1.amazonaws.com:443/x',
      'https://kms.us-east-1.amazonaws.com\\@example.com/',
      ' https://kms.us-east-1.amazonaws.com',
      'ht\ntps://kms.us-east-1.amazonaws.com/',
      'kms.us-east-1.amazonaws.com',
      'KMS.us-east-1.amazonaws.com.',
      'kms.us-east-1.amazonaws.com:443',
      'http://localhost:2773/secretsmanager/get',
      'http://localhost:3000/',
      'localhost:2773',
      'shop.example.com',
      'https://shop.example.com/kms.us-east-1.amazonaws.com',
      '',
    ];
    const seasoned = createMasker();
    const keys = ['url.full', 'server.address', 'http.url', 'http.host', 'network.peer.address', 'url.path'];
    const spans = keys.flatMap((key) => odd.map((value) => ({ [key]: value })));
    for (const attributes of [...spans, ...spans]) {
      expect(seasoned.sensitiveService(attributes)).toEqual(createMasker().sensitiveService(attributes));
    }
    expect(seasoned.sensitiveService({ 'url.full': odd[0] })?.service).toBe('kms');
    expect(seasoned.sensitiveService({ 'server.address': 'localhost', 'server.port': 2773 })?.service).toBe(
      'secretsmanager',
    );
  });
});
