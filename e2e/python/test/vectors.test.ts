import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pythonVerifier, vectors } from '../python-verifier.js';

interface Outcome {
  readonly case: string;
  readonly kind: string;
  readonly outcome: string;
}

interface VectorFile {
  readonly topic: string;
  readonly min_format_version: number;
  readonly cases: readonly {
    readonly id: string;
    readonly expected: object;
    readonly min_format_version?: number;
  }[];
}

/** No validator knows it. */
const laterFormat = 1_000;

const copies: string[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
});

function outcomes(folder: string): readonly Outcome[] {
  return pythonVerifier('vectors', folder) as readonly Outcome[];
}

/** The vectors with one file as `change` has it. */
function changed(name: string, change: (file: VectorFile) => object): readonly Outcome[] {
  const copy = mkdtempSync(join(tmpdir(), 'spanseal-vectors-'));
  copies.push(copy);
  cpSync(vectors, copy, { recursive: true });
  const path = join(copy, `${name}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
  writeFileSync(path, JSON.stringify(change(file)));
  return outcomes(copy).filter((outcome) => outcome.case.startsWith(`${name}/`));
}

describe('the second implementation', () => {
  test('agrees with every vector, and with an advisory one as that allows', () => {
    const ids = readdirSync(vectors)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const file = JSON.parse(readFileSync(join(vectors, name), 'utf8')) as VectorFile;
        return file.cases.map(({ id }) => `${file.topic}/${id}`);
      });
    const found = outcomes(vectors);
    expect(found.map((outcome) => outcome.case).sort()).toEqual(ids.sort());
    const inAgreement = ({ kind, outcome }: Outcome): boolean =>
      outcome === 'agrees' || (kind === 'advisory' && outcome === 'differs-as-allowed');
    expect(found.filter((outcome) => !inAgreement(outcome))).toEqual([]);
  });

  test('says so where it does not agree', () => {
    const found = changed('canonical-form', (file) => ({
      ...file,
      cases: file.cases.map((one) => ({ ...one, expected: { canonical_form: 'another' } })),
    }));
    expect(new Set(found.filter(({ kind }) => kind !== 'advisory').map(({ outcome }) => outcome))).toEqual(
      new Set(['differs']),
    );
  });

  test('skips a file of a later format', () => {
    const found = changed('seal-text', (file) => ({ ...file, min_format_version: laterFormat }));
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
  });

  test('skips a case of a later format, and no other', () => {
    const found = changed('seal-text', ({ cases: [first, ...rest], ...file }) => ({
      ...file,
      cases: [{ ...first, min_format_version: laterFormat }, ...rest],
    }));
    expect(found.map(({ outcome }) => outcome)).toEqual(['skipped', ...found.slice(1).map(() => 'agrees')]);
  });

  test('skips a topic that it does not know', () => {
    const found = changed('merkle-root', (file) => ({ ...file, topic: 'merkle-root/later' }));
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
  });
});
