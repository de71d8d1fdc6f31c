import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { codeOf } from '@spanseal/seal';
import { ExporterError, type ExporterFault } from './exporter-error.js';
import type { PemSetting, TlsSettings } from './tls-settings.js';

/** How often files are looked at, in milliseconds. */
const checkMillis = 5000;
/** A file of certificates beyond this is none. */
const largestFile = 16 * 1024 * 1024;

const parts = ['ca', 'cert', 'key'] as const;
type Part = (typeof parts)[number];
type Contents = { readonly [part in Part]?: string };

/**
 * The secure context of connections, which follows the files that it is made of. A change is seen with the first request that
 * comes {@link checkMillis} after the last look: nothing is looked at while nothing is sent. Files that cannot be used, as in the
 * middle of being replaced, change nothing.
 */
export class TlsFiles {
  readonly #settings: TlsSettings;
  readonly #failed: (error: ExporterError) => void;
  #context: SecureContext;
  #digest: string;
  #refused = '';
  #lookedAt: number;
  #isLooking = false;

  /**
   * @param failed is told of changed files that cannot be used, once for each content.
   * @throws ExporterError `ERR_SPANSEAL_EXPORTER` when a file cannot be read, or is not what it should be.
   */
  constructor(settings: TlsSettings, nowMillis: number, failed: (error: ExporterError) => void) {
    this.#settings = settings;
    this.#failed = failed;
    const contents = readNow(settings);
    this.#context = contextOf(settings, contents);
    this.#digest = digestOf(contents);
    this.#lookedAt = nowMillis;
  }

  /** The context of now; another object after a change. */
  context(nowMillis: number): SecureContext {
    const isFile = parts.some((part) => 'file' in (this.#settings[part]?.source ?? {}));
    if (isFile && !this.#isLooking && Math.abs(nowMillis - this.#lookedAt) >= checkMillis) {
      this.#lookedAt = nowMillis;
      this.#isLooking = true;
      void this.#look();
    }
    return this.#context;
  }

  async #look(): Promise<void> {
    const faults: ExporterFault[] = [];
    const contents: { [part in Part]?: string } = {};
    for (const part of parts) {
      const setting = this.#settings[part];
      if (setting === undefined) continue;
      try {
        contents[part] = await readLater(setting);
      } catch (error) {
        faults.push(unreadable(setting, error));
      }
    }
    this.#isLooking = false;
    this.#take(contents, faults);
  }

  #take(contents: Contents, faults: readonly ExporterFault[]): void {
    const digest = faults.length > 0 ? JSON.stringify(faults) : digestOf(contents);
    if (digest === this.#digest || digest === this.#refused) return;
    try {
      if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORTER', faults);
      this.#context = contextOf(this.#settings, contents);
      this.#digest = digest;
      this.#refused = '';
    } catch (error) {
      this.#refused = digest;
      if (error instanceof ExporterError) this.#failed(error);
    }
  }
}

function readNow(settings: TlsSettings): Contents {
  const faults: ExporterFault[] = [];
  const contents: { [part in Part]?: string } = {};
  for (const part of parts) {
    const setting = settings[part];
    if (setting === undefined) continue;
    try {
      contents[part] =
        'pem' in setting.source ? setting.source.pem : textOf(readFileSync(setting.source.file));
    } catch (error) {
      faults.push(unreadable(setting, error));
    }
  }
  if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORTER', faults);
  return contents;
}

async function readLater({ source }: PemSetting): Promise<string> {
  return 'pem' in source ? source.pem : textOf(await readFile(source.file));
}

function textOf(content: Buffer): string {
  if (content.length > largestFile) throw new Error('a file that is too long');
  return content.toString('latin1');
}

function unreadable({ path }: PemSetting, error: unknown): ExporterFault {
  return { path, expected: 'a file that can be read', got: codeOf(error) ?? 'one that is too long' };
}

/** Each content apart, so that none can pass for a part of another. */
function digestOf(contents: Contents): string {
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => contents[part] ?? null)))
    .digest('hex');
}

/** @throws ExporterError `ERR_SPANSEAL_EXPORTER`. What OpenSSL says of a file is not passed on. */
function contextOf(settings: TlsSettings, { ca, cert, key }: Contents): SecureContext {
  const faults: ExporterFault[] = [];
  // Node.js takes a text without certificates for an empty list, and one without a key for no key, in silence.
  if (ca !== undefined && !holdsCertificate(ca)) faults.push(notPem(settings.ca, 'certificates in PEM'));
  if (cert !== undefined && !holdsCertificate(cert))
    faults.push(notPem(settings.cert, 'a certificate in PEM'));
  else if (cert !== undefined && key !== undefined && !belongs(key, cert))
    faults.push(notPem(settings.key, 'a private key in PEM that belongs to the certificate'));
  if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORTER', faults);
  try {
    return createSecureContext({
      ...{ minVersion: settings.minVersion, maxVersion: 'TLSv1.3' },
      ...(ca !== undefined && { ca: certificatesIn(ca) }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  } catch {
    const fault = notPem(settings.cert ?? settings.ca, 'certificates that OpenSSL takes');
    throw new ExporterError('ERR_SPANSEAL_EXPORTER', [fault]);
  }
}

/** Whether a private key is that of the first of some certificates: the client's own. */
function belongs(key: string, cert: string): boolean {
  try {
    return new X509Certificate(certificatesIn(cert)[0] ?? '').checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function notPem(setting: PemSetting | undefined, expected: string): ExporterFault {
  return { path: setting?.path ?? 'options.tls', expected, got: 'something else' };
}

/** Each certificate by itself: of a text with several, Node.js leaves out what follows a broken one. */
function certificatesIn(pem: string): string[] {
  const texts = pem.split(/(?<=-----END (?:TRUSTED |X509 )?CERTIFICATE-----)/);
  return texts.filter((text) => text.includes('-----BEGIN'));
}

function holdsCertificate(pem: string): boolean {
  const certificates = certificatesIn(pem);
  try {
    for (const text of certificates) new X509Certificate(text);
    return certificates.length > 0;
  } catch {
    return false;
  }
}
