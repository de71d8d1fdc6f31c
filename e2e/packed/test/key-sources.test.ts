import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run } from '../clean-folder.js';
import { callBao, callKms, type KeyServer, startMiniStack, startOpenBao } from '../key-servers.js';

const awsSdk = '@aws-sdk/client-kms@3.1162.0';
const sdk = [
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/sdk-trace-base@2.12.1',
  '@opentelemetry/otlp-transformer@0.223.1',
];
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

async function createKmsKey(server: KeyServer, input: object): Promise<string> {
  const { KeyMetadata } = await callKms(server, 'CreateKey', input);
  return (KeyMetadata as { Arn: string }).Arn;
}

/** Keys on both servers, and what a program must know to use them. */
async function createSettings(aws: KeyServer, bao: KeyServer) {
  const mac = { KeyUsage: 'GENERATE_VERIFY_MAC', KeySpec: 'HMAC_256' };
  const [keyId, disabledKeyId] = [await createKmsKey(aws, mac), await createKmsKey(aws, mac)];
  await callKms(aws, 'DisableKey', { KeyId: disabledKeyId });
  const encryptKeyId = await createKmsKey(aws, {});
  await callBao(bao, 'transit/keys/trace-seal', { type: 'hmac', key_size: 32 });
  await callBao(bao, 'transit/keys/trace-seal/rotate', {});
  const missingKeyId = keyId.replace(/[0-9a-f]{12}$/, '000000000000');
  return {
    env: credentials,
    kms: {
      keyId,
      disabledKeyId,
      encryptKeyId,
      missingKeyId,
      endpoint: aws.address,
      byOptions: { keyId, endpoint: aws.address, region: 'us-east-1' },
    },
    vault: { address: bao.address, token: 'root', key: 'trace-seal', keyVersion: 1 },
  };
}

const served = process.env['SPANSEAL_KEY_PEERS'] ? describe : describe.skip;

served('stream keys of a real AWS emulator (MiniStack) and a real OpenBao', () => {
  const servers: KeyServer[] = [];
  let folder: string;
  let settings: string;

  beforeAll(async () => {
    folder = cleanFolder(
      ['otlp', 'seal', 'otlp-exporter'],
      [...sdk, awsSdk, 'typescript@5.9.3', '@types/node@20.19.43'],
    );
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    servers.push(await startMiniStack(), await startOpenBao());
    const [aws, bao] = servers as [KeyServer, KeyServer];
    settings = JSON.stringify(await createSettings(aws, bao));
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  describe.each(nodes)('on %s', (node) => {
    test.each(['key-sources.mjs', 'key-sources.cjs'])('%s seals, verifies, and says how it fails', (file) => {
      const { code, stdout, stderr } = run(node, ['--no-warnings', file, settings], { cwd: folder });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const told = JSON.parse(stdout);
      const intact = {
        counters: { sealed: 10, dropped: 0, unsigned: 0, keyFailures: 0 },
        outcome: { fetched: 1, failures: [], skipped: 0 },
        result: 'intact',
        spans: { total: 10, valid: 10 },
      };
      expect(told).toMatchObject({ kms: intact, kmsByOptions: intact, vault: intact });
      expect(told.outage).toMatchObject({
        block: { sealed: 0, dropped: 10, unsigned: 0, result: 'incomplete' },
        drop: { sealed: 0, dropped: 10, unsigned: 0, result: 'incomplete' },
        sendUnsigned: { sealed: 0, dropped: 0, unsigned: 10, result: 'incomplete' },
      });
      expect(told.failures).toEqual({
        kmsWithoutKey: 'ERR_SPANSEAL_STREAM_KEY_REFUSED NotFoundException',
        kmsDisabled: 'ERR_SPANSEAL_STREAM_KEY_REFUSED DisabledException',
        kmsWrongUse: 'ERR_SPANSEAL_STREAM_KEY_REFUSED InvalidKeyUsageException',
        vaultDenied: 'ERR_SPANSEAL_STREAM_KEY_REFUSED HTTP 403',
        vaultWithoutKey: 'ERR_SPANSEAL_STREAM_KEY_REFUSED HTTP 400',
        vaultWithoutVersion: 'ERR_SPANSEAL_STREAM_KEY_REFUSED HTTP 400',
        vaultWithoutMount: 'ERR_SPANSEAL_STREAM_KEY_REFUSED HTTP 404',
      });
    });
  });

  test.each(['nodenext', 'commonjs'])(
    'the types of the entry points hold in a strict consumer (%s)',
    (module) => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        target: 'es2022',
        lib: ['es2022'],
        types: ['node'],
        module,
        moduleResolution: module === 'nodenext' ? 'nodenext' : 'node10',
        ignoreDeprecations: '5.0',
      };
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['types-keys.ts'] }),
      );
      const { code, stdout } = run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {
        cwd: folder,
      });
      expect(stdout).toBe('');
      expect(code).toBe(0);
    },
  );
});

test('the entry points load without the AWS SDK, which is missed when it is needed, and a followed file lets a program end', () => {
  const folder = cleanFolder(['otlp', 'seal']);
  const keys = join(folder, 'keys.json');
  writeFileSync(keys, JSON.stringify({ primary: { id: 'k-1', secret: `hex:${'5a'.repeat(32)}` } }));
  const { code, stdout, stderr } = run(process.execPath, ['key-file.mjs', keys], { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    keyIds: ['k-1'],
    code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
    message: expect.stringContaining('@aws-sdk/client-kms'),
  });
});
