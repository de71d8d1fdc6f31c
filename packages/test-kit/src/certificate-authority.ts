import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, both PEM. */
export interface IssuedCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** What is asked of {@link CertificateAuthority.issue}. */
export interface CertificateRequest {
  readonly commonName: string;
  /** DNS names and IP addresses, each as a subject alternative name. */
  readonly hosts: readonly string[];
  /** For a TLS client instead of a server. Default: false. */
  readonly client?: boolean;
  /** Default: one day from now. In the past: an expired certificate. */
  readonly notAfter?: Date;
}

/** A certificate authority that lives as long as the test. */
export interface CertificateAuthority {
  readonly certPem: string;
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
}

type X509 = typeof import('@peculiar/x509');

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;

/**
 * Makes a certificate authority with a new P-256 key. Takes a few milliseconds; nothing is written to disk.
 *
 * @param commonName two of one name cannot stand in one bundle: a client looks for an issuer by its name.
 */
export async function createCertificateAuthority(
  commonName = 'Spanseal test authority',
): Promise<CertificateAuthority> {
  const x509 = await loadX509();
  const name = `CN=${commonName}`;
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name,
      keys,
      signingAlgorithm: ecdsa,
      notBefore: new Date(Date.now() - 366 * day),
      notAfter: new Date(Date.now() + day),
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    },
    webcrypto,
  );
  return {
    certPem: authority.toString('pem'),
    issue: (request) => issue(request, { x509, name, signingKey: keys.privateKey }),
  };
}

async function issue(
  { commonName, hosts, client = false, notAfter = new Date(Date.now() + day) }: CertificateRequest,
  issuer: { x509: X509; name: string; signingKey: webcrypto.CryptoKey },
): Promise<IssuedCertificate> {
  const { x509 } = issuer;
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: [{ CN: [commonName] }],
      issuer: issuer.name,
      publicKey: keys.publicKey,
      signingKey: issuer.signingKey,
      signingAlgorithm: ecdsa,
      notBefore: new Date(Math.min(Date.now(), notAfter.getTime()) - day),
      notAfter,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[client ? 'clientAuth' : 'serverAuth']]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host })),
        ),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certPem: certificate.toString('pem'), keyPem: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
}

/** Loaded by those tests alone that ask for certificates. A dependency of x509 wants its polyfill before it loads. */
async function loadX509(): Promise<X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
