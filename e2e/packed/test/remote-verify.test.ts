import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run } from '../clean-folder.js';
import { callBao, callKms, type KeyServer, startMiniStack, startOpenBao } from '../key-servers.js';

const sdk = [
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/sdk-trace-base@2.12.1',
  '@opentelemetry/otlp-transformer@0.223.1',
];
const realm = 'e2e';
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
/** What OpenBao was started with. */
const token = 'root';

const served = process.env['SPANSEAL_KEY_PEERS'] ? describe : describe.skip;

served('the packed command, with keys in a real AWS emulator (MiniStack) and a real OpenBao', () => {
  const servers: KeyServer[] = [];
  let folder: string;
  let kms: { readonly keyId: string; readonly endpoint: string; readonly region: string };
  let disabled: typeof kms;
  let vault: { readonly address: string; readonly key: string; readonly keyVersion: number };
  /** Id of a span of each capture. */
  const spanIds = new Map<string, string>();

  beforeAll(async () => {
    folder = cleanFolder(
      ['mask', 'otlp', 'seal', 'otlp-exporter', 'cli'],
      [...sdk, '@aws-sdk/client-kms@3.1162.0'],
    );
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    servers.push(await startMiniStack(), await startOpenBao());
    const [aws, bao] = servers as [KeyServer, KeyServer];
    kms = { keyId: await createKmsKey(aws), endpoint: aws.address, region: 'us-east-1' };
    disabled = { ...kms, keyId: await createKmsKey(aws) };
    vault = { address: bao.address, key: 'trace-seal', keyVersion: 1 };
    await callBao(bao, 'transit/keys/trace-seal', { type: 'hmac', key_size: 32 });
    seal('kms.binpb', { kms, id: 'kms-1' });
    seal('disabled.binpb', { kms: disabled, id: 'kms-2' });
    seal('vault.binpb', { vault: { ...vault, token }, id: 'vault-v1' });
    await callKms(aws, 'DisableKey', { KeyId: disabled.keyId });
    await callBao(bao, 'transit/keys/trace-seal/rotate', {});
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  async function createKmsKey(server: KeyServer): Promise<string> {
    const mac = { KeyUsage: 'GENERATE_VERIFY_MAC', KeySpec: 'HMAC_256' };
    const { KeyMetadata } = await callKms(server, 'CreateKey', mac);
    return (KeyMetadata as { Arn: string }).Arn;
  }

  function seal(file: string, settings: object): void {
    const given = JSON.stringify({ ...settings, env: credentials, realm, file });
    const { stdout, stderr } = run(process.execPath, ['--no-warnings', 'remote-app.cjs', given], {
      cwd: folder,
    });
    expect(stderr).toBe('');
    const { counters, spanId } = JSON.parse(stdout);
    expect(counters).toMatchObject({ sealed: 10, dropped: 0, unsigned: 0, keyFailures: 0 });
    spanIds.set(file, spanId);
  }

  function command(node: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    // The AWS SDK says on standard error which Node.js it will need one day.
    return run(node, ['--no-warnings', main, ...args], { cwd: folder, env });
  }

  /** A key file of these keys, the first of which is the primary one. */
  function keyFile(name: string, [primary, ...verifyOnly]: readonly object[]): string {
    writeFileSync(join(folder, name), JSON.stringify({ realm, primary, verifyOnly }));
    return name;
  }

  const kmsKey = () => ({ id: 'kms-1', source: { type: 'aws-kms', ...kms } });
  const vaultKey = (more: object = {}) => ({ id: 'vault-v1', source: { type: 'vault', ...vault, ...more } });

  describe.each(nodes)('on %s', (node) => {
    test('verifies streams of both with one key file, and proves a span', () => {
      const keys = keyFile('keys.json', [kmsKey(), vaultKey()]);
      const env = { ...credentials, VAULT_TOKEN: token };
      const files = ['kms.binpb', 'vault.binpb'];
      const { code, stdout, stderr } = command(
        node,
        ['verify', ...files, '--key-file', keys, '--format', 'json'],
        env,
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({
        result: 'intact',
        spans: { total: 20, valid: 20 },
        streams: [
          { keyId: 'kms-1', verdict: 'complete' },
          { keyId: 'vault-v1', verdict: 'complete' },
        ],
        streamKeys: { fetched: 2, failures: [], skipped: 0 },
      });
      for (const file of files) {
        const span = spanIds.get(file) ?? '';
        const proven = command(node, ['prove', file, '--span', span, '--key-file', keys], env);
        expect([proven.code, proven.stderr]).toEqual([0, '']);
        expect(JSON.parse(proven.stdout)).toMatchObject({ spanId: span, seq: 3 });
      }
    });

    test('says why a key cannot be had, and that nothing is proven', () => {
      const tokenFile = join(folder, 'wrong-token');
      writeFileSync(tokenFile, 'hvs.no-such-token\n');
      const keys = keyFile('refused.json', [
        { ...kmsKey(), id: 'kms-2', source: { type: 'aws-kms', ...disabled } },
        vaultKey({ tokenFile }),
      ]);
      const args = ['verify', 'disabled.binpb', 'vault.binpb', '--key-file', keys, '--format', 'json'];
      const { code, stdout, stderr } = command(node, args, credentials);
      expect([code, stderr]).toEqual([2, '']);
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({
        result: 'incomplete',
        spans: { total: 20, 'unknown-key': 20, invalid: 0 },
      });
      expect(report.streamKeys.failures).toMatchObject([
        {
          keyId: 'kms-2',
          code: 'ERR_SPANSEAL_STREAM_KEY_REFUSED',
          message: expect.stringContaining('Disabled'),
        },
        {
          keyId: 'vault-v1',
          code: 'ERR_SPANSEAL_STREAM_KEY_REFUSED',
          message: expect.stringContaining('403'),
        },
      ]);
      expect(stdout).not.toContain('hvs.');
    });

    test('accepts nothing that was sealed with another version of a key', () => {
      const keys = keyFile('rotated.json', [vaultKey({ keyVersion: 2 })]);
      const args = ['verify', 'vault.binpb', '--key-file', keys, '--format', 'json'];
      const { code, stdout } = command(node, args, { VAULT_TOKEN: token });
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        result: 'tampered',
        spans: { valid: 0, 'wrong-realm': 10 },
      });
    });
  });
});

test('the packed command without the AWS SDK says what to install', () => {
  const folder = cleanFolder(['mask', 'otlp', 'seal', 'cli']);
  const source = { type: 'aws-kms', keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', region: 'us-east-1' };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ primary: { id: 'k-large', source } }));
  const capture = ['large-capture.mjs', 'capture.binpb', 'protobuf', '0.01', `hex:${'07'.repeat(32)}`];
  expect(run(process.execPath, capture, { cwd: folder }).code).toBe(0);
  const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
  const args = [main, 'verify', 'capture.binpb', '--key-file', 'keys.json'];
  const { code, stdout, stderr } = run(process.execPath, args, { cwd: folder });
  expect([code, stderr]).toEqual([2, '']);
  expect(stdout).toContain('@aws-sdk/client-kms');
});
