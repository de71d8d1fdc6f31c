import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface VectorCase {
  readonly id: string;
  readonly input: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** The cases of a vector file. A marker keeps token-shaped test data from looking alive; it is taken out here. */
export function vectorCases(name: string): readonly VectorCase[] {
  const text = readFileSync(join(__dirname, 'vectors', `${name}.json`), 'utf8');
  const file: { readonly cases: readonly VectorCase[] } = JSON.parse(text.replaceAll('\u00a6', ''));
  return file.cases;
}
