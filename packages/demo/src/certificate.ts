// x509 finds its parts through metadata that this must put in place first.
import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** PEM texts: what a TLS server on localhost needs, and the authority that its clients must trust. */
export interface ServerCertificate {
  readonly authority: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const millisecondsPerHour = 3_600_000;

interface Subject {
  readonly name: string;
  readonly serialNumber: string;
  readonly extensions: Extension[];
}

interface Issuer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function issue(subject: Subject, publicKey: webcrypto.CryptoKey, issuer: Issuer): Promise<string> {
  const now = Date.now();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: subject.serialNumber,
    subject: `CN=${subject.name}`,
    issuer: `CN=${issuer.name}`,
    notBefore: new Date(now - millisecondsPerHour),
    notAfter: new Date(now + millisecondsPerHour),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: issuer.keys.privateKey,
    extensions: subject.extensions,
  });
  return certificate.toString('pem');
}

/** Makes an authority, good for an hour, and a certificate for `localhost` that it signed; the authority's key is forgotten. */
export async function issueServerCertificate(): Promise<ServerCertificate> {
  const [authorityKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  const issuer: Issuer = { name: 'Spanseal demo authority', keys: authorityKeys };
  const authority: Subject = {
    name: issuer.name,
    serialNumber: '01',
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  };
  const server: Subject = {
    name: 'localhost',
    serialNumber: '02',
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([serverAuthentication]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  };
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return {
    authority: await issue(authority, authorityKeys.publicKey, issuer),
    certificate: await issue(server, serverKeys.publicKey, issuer),
    privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
