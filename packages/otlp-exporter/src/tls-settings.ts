import { kindOf, shownOption } from '@spanseal/seal';
import type { ExporterFault } from './exporter-error.js';
import { type Environment, otlpVariable } from './otlp-environment.js';
import { isPin } from './public-key-pins.js';

/** TLS of a connection to a receiver. */
export interface TlsOptions {
  /** Certificates that are trusted, instead of those of Node.js: PEM, or the path of a file. `…_CERTIFICATE`. */
  ca?: string | Uint8Array;
  /** The client's certificate, for mutual TLS: PEM, or the path of a file. `…_CLIENT_CERTIFICATE`. */
  cert?: string | Uint8Array;
  /** The client's private key: PEM, or the path of a file. `…_CLIENT_KEY`. */
  key?: string | Uint8Array;
  /** Default: `TLSv1.3`. */
  minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /**
   * The server's certificate must have one of these public keys, besides being valid for its host: `sha256/` and the base64 of
   * the SHA-256 of its SubjectPublicKeyInfo, as in RFC 7469 §2.4. Default: each key will do.
   */
  pins?: readonly string[];
  /** Plaintext may leave this host. `…_INSECURE=true`. Default: false. */
  insecure?: boolean;
}

/** Where PEM comes from. */
export type PemSource = { readonly pem: string } | { readonly file: string };

/** A part of TLS, with the name of what set it. */
export interface PemSetting {
  readonly path: string;
  readonly source: PemSource;
}

export interface TlsSettings {
  readonly ca: PemSetting | undefined;
  readonly cert: PemSetting | undefined;
  readonly key: PemSetting | undefined;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly pins: readonly string[];
  readonly insecure: boolean;
}

const optionNames: readonly string[] = ['ca', 'cert', 'key', 'minVersion', 'pins', 'insecure'];

/** The settings of TLS. What the files hold is read later. */
export function readTls(given: unknown, env: Environment, faults: ExporterFault[]): TlsSettings {
  const options: Readonly<Record<string, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {};
  if (given !== undefined && (typeof given !== 'object' || given === null))
    faults.push({ path: 'options.tls', expected: 'an object', got: kindOf(given) });
  for (const name of Object.keys(options).filter((each) => !optionNames.includes(each)))
    faults.push({
      path: `options.tls.${shownOption(name)}`,
      expected: `only ${optionNames.join(', ')}`,
      got: 'an unknown option',
    });
  const pem = (name: string, setting: string): PemSetting | undefined =>
    readPem(options[name], { name, setting, env }, faults);
  const cert = pem('cert', 'CLIENT_CERTIFICATE');
  const key = pem('key', 'CLIENT_KEY');
  if ((cert === undefined) !== (key === undefined))
    faults.push({
      path: (cert ?? key)?.path ?? 'options.tls',
      expected: 'a client certificate and its key',
      got: 'one without the other',
    });
  return {
    ...{ ca: pem('ca', 'CERTIFICATE'), cert, key },
    minVersion: readMinVersion(options['minVersion'], faults),
    pins: readPins(options['pins'], faults),
    insecure: readInsecure(options['insecure'], env, faults),
  };
}

/**
 * What was asked of TLS, for an endpoint without it: it would not hold, in silence. Not so variables that are not of traces alone:
 * other signals can go elsewhere.
 */
export function refuseUnused({ ca, cert, key, pins }: TlsSettings, faults: ExporterFault[]): void {
  const paths = [ca, cert, key].flatMap((setting) => setting?.path ?? []);
  if (pins.length > 0) paths.push('options.tls.pins');
  for (const path of paths.filter((each) => !/^OTEL_EXPORTER_OTLP_(?!TRACES_)/.test(each)))
    faults.push({ path, expected: 'an https endpoint beside it', got: 'one without TLS' });
}

interface PemPlace {
  readonly name: string;
  readonly setting: string;
  readonly env: Environment;
}

function readPem(
  value: unknown,
  { name, setting, env }: PemPlace,
  faults: ExporterFault[],
): PemSetting | undefined {
  if (value === undefined) {
    const variable = otlpVariable(env, setting);
    return variable && { path: variable.name, source: { file: variable.value } };
  }
  const path = `options.tls.${name}`;
  if (value instanceof Uint8Array) return { path, source: { pem: Buffer.from(value).toString('latin1') } };
  if (typeof value === 'string' && value !== '')
    return { path, source: value.includes('-----BEGIN') ? { pem: value } : { file: value } };
  faults.push({
    path,
    expected: 'PEM, or the path of a file',
    got: value === '' ? 'an empty text' : kindOf(value),
  });
  return undefined;
}

function readMinVersion(value: unknown, faults: ExporterFault[]): TlsSettings['minVersion'] {
  if (value === undefined || value === 'TLSv1.3') return 'TLSv1.3';
  if (value === 'TLSv1.2') return value;
  faults.push({ path: 'options.tls.minVersion', expected: 'TLSv1.3 or TLSv1.2', got: kindOf(value) });
  return 'TLSv1.3';
}

function readPins(value: unknown, faults: ExporterFault[]): readonly string[] {
  if (value === undefined) return [];
  const expected = 'a list, not empty, of sha256/ and 44 characters of base64';
  if (Array.isArray(value) && value.length > 0 && value.every(isPin)) return [...value];
  // An empty list, taken for no pins, would let every certificate pass.
  const got = Array.isArray(value) ? 'a list with something else, or nothing, in it' : kindOf(value);
  faults.push({ path: 'options.tls.pins', expected, got });
  return [];
}

function readInsecure(value: unknown, env: Environment, faults: ExporterFault[]): boolean {
  if (typeof value === 'boolean') return value;
  if (value !== undefined) {
    faults.push({ path: 'options.tls.insecure', expected: 'true or false', got: kindOf(value) });
    return false;
  }
  // The specification: anything but "true", in any case, is false.
  return otlpVariable(env, 'INSECURE')?.value.toLowerCase() === 'true';
}
