import { createHash, X509Certificate } from 'node:crypto';

/** The pin of a certificate's public key: RFC 7469, §2.4. */
export function pinOf(certPem: string): string {
  const spki = new X509Certificate(certPem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(spki).digest('base64')}`;
}
