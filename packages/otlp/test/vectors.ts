import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface IngestCase {
  id: string;
  headers: Record<string, string>;
  body?: string;
  bodyBase64?: string;
  expect: { status: number; answer?: string; fileJson?: RecordedText | null; fileProto?: string | null };
}

/** Text that was not UTF-8 stands in base64. */
export type RecordedText = string | { base64: string };

export interface SurvivalCase {
  id: string;
  what: string;
  request: string;
  refused?: { status: number };
  exits?: Record<string, RecordedText | null>;
}

export function loadVectors<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(join(__dirname, 'vectors', `${name}.json.gz`))).toString('utf8');
  return JSON.parse(text).cases;
}

export function bytesOf(recorded: RecordedText): Buffer {
  return typeof recorded === 'string'
    ? Buffer.from(recorded, 'utf8')
    : Buffer.from(recorded.base64, 'base64');
}
