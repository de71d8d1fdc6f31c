import { isUtf8 } from 'node:buffer';
import type { Verifier } from '@spanseal/seal';
import { readCapture } from './capture.js';
import type { CliIo } from './cli-io.js';

/** Gives a verifier all requests of captured files. */
export async function addFiles(verifier: Verifier, paths: readonly string[], io: CliIo): Promise<void> {
  for (const path of paths) {
    const { requests, format } = await readCapture(path, io);
    for (const request of requests) verifier.add(format.startsWith('json') ? asText(request) : request);
  }
}

/** JSON as text. Bytes that are no UTF-8 stay bytes, which the verifier finds malformed: U+FFFD is not what they say. */
function asText(bytes: Uint8Array): string | Uint8Array {
  return isUtf8(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    : bytes;
}
