import { createHmac } from 'node:crypto';
import type { StreamKeySource } from '../src/index.js';

/** A root secret behind a function, as an HSM has one, that counts its calls. */
export interface MemorySource extends StreamKeySource {
  readonly messages: Uint8Array[];
}

export function memorySource(root: Uint8Array): MemorySource {
  const messages: Uint8Array[] = [];
  return {
    messages,
    async mac(message) {
      messages.push(message);
      return createHmac('sha256', root).update(message).digest();
    },
  };
}

/** Every way in which bytes are written that a log could show. */
export function spellings(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  const forms = [
    buffer.toString('base64'),
    buffer.toString('base64url'),
    buffer.toString('hex'),
    buffer.toString('hex').match(/../g)?.join(' ') ?? '',
    [...buffer].join(', '),
    [...buffer].join(','),
  ];
  return forms.map((form) => form.slice(0, 16));
}
