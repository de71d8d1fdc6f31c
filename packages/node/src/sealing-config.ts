import { readFileSync, statSync } from 'node:fs';
import { createKeyRing, type KeyRing } from '@spanseal/seal';
import { keyRingFromFile, parseKeyFile } from '@spanseal/seal/file';
import type { ConfigFault } from './config-fault.js';
import { type Environment, keyVariables, type VariableName } from './settings.js';

/** What spans are sealed with, and who says so. */
export interface SealingConfig {
  /** Undefined: spans leave without seals. */
  readonly keyRing: KeyRing | undefined;
  /** `otlp`: the SDK's OTLP exporter gives way to a SignedOtlpExporter. `keep`: every exporter stays, and is wrapped. */
  readonly exporter: 'otlp' | 'keep';
  /** The variables that say something about it. */
  readonly origins: readonly VariableName[];
  /** With a fault of the key, spans leave without seals. */
  readonly faults: readonly ConfigFault[];
}

/** The id of a key without one. It stands in every seal: a key that takes its place needs another. */
const defaultKeyId = 'default';

/** What the environment says about seals. Never throws. */
export function readSealingConfig(env: Environment): SealingConfig {
  const faults: ConfigFault[] = [];
  const origins: VariableName[] = keyVariables.filter((name) => isSet(env[name]));
  const exporter = readExporter(env, faults);
  if (exporter === 'otlp') origins.push('SPANSEAL_EXPORTER');
  return { keyRing: readKeyRing(env, faults), exporter, origins, faults };
}

function readExporter(env: Environment, faults: ConfigFault[]): SealingConfig['exporter'] {
  const text = env['SPANSEAL_EXPORTER']?.trim() ?? '';
  if (text === 'otlp') return 'otlp';
  if (text !== '') faults.push({ variable: 'SPANSEAL_EXPORTER', expected: 'otlp', got: 'another text' });
  return 'keep';
}

function readKeyRing(env: Environment, faults: ConfigFault[]): KeyRing | undefined {
  const [secret, file] = [env['SPANSEAL_SIGNING_KEY']?.trim(), env['SPANSEAL_SIGNING_KEY_FILE']];
  const variable: VariableName = secret ? 'SPANSEAL_SIGNING_KEY' : 'SPANSEAL_SIGNING_KEY_FILE';
  if (secret && file) {
    const expected = 'one of SPANSEAL_SIGNING_KEY and SPANSEAL_SIGNING_KEY_FILE';
    faults.push({ variable: 'SPANSEAL_SIGNING_KEY_FILE', expected, got: 'both: the first counts' });
  }
  if (!secret && !file) {
    const beside = (['SPANSEAL_KEY_ID', 'SPANSEAL_REALM'] as const).filter((name) => isSet(env[name]));
    const expected = 'a key beside it (SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE)';
    for (const name of beside) faults.push({ variable: name, expected, got: 'none' });
    return undefined;
  }
  try {
    return secret ? ringOfSecret(secret, env) : ringOfFile(file ?? '', env);
  } catch (error) {
    faults.push(...keyFaults(variable, error));
    return undefined;
  }
}

function ringOfSecret(secret: string, env: Environment): KeyRing {
  const { SPANSEAL_KEY_ID: id, SPANSEAL_REALM: realm } = env;
  return createKeyRing({ primary: { id: id || defaultKeyId, secret }, ...(realm && { realm }) });
}

function ringOfFile(path: string, env: Environment): KeyRing {
  const { SPANSEAL_KEY_ID: id, SPANSEAL_REALM: realm } = env;
  const keyId = id || (lacksId(path) ? defaultKeyId : undefined);
  return keyRingFromFile(path, { ...(keyId && { keyId }), ...(realm && { realm }) });
}

function lacksId(path: string): boolean {
  try {
    // Of a pipe nothing would be left for the ring, and one without a writer would be waited for.
    if (!statSync(path).isFile()) return false;
    const file = parseKeyFile(readFileSync(path, 'utf8'));
    return 'secret' in file && file.id === undefined;
  } catch {
    // Whatever it is, the ring says it.
    return false;
  }
}

function keyFaults(variable: VariableName, error: unknown): ConfigFault[] {
  const { faults } = error as { faults?: readonly { path: string; expected: string; got: string }[] };
  if (faults === undefined) return [{ variable, expected: 'a key', got: 'one that cannot be used' }];
  return faults.map(({ path, expected, got }) => ({ variable: variableOf(path) ?? variable, expected, got }));
}

/** The variable of a member of a ring. */
function variableOf(path: string): VariableName | undefined {
  if (/(?:^|\.)(?:id|keyId)$/.test(path)) return 'SPANSEAL_KEY_ID';
  return path === 'realm' ? 'SPANSEAL_REALM' : undefined;
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
