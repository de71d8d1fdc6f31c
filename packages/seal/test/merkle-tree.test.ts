import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inclusionProof, leafHashToLatin1, merkleRoot, nodeHash, rootOfProof } from '../src/merkle-tree.js';

// From the tests of transparency-dev/merkle (Apache-2.0): see the head of each file.
function load<Case>(name: string): Case[] {
  return (JSON.parse(readFileSync(`${__dirname}/vectors/${name}`, 'utf8')) as { cases: Case[] }).cases;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array | undefined): string | undefined => data && Buffer.from(data).toString('hex');

const leafToLatin1 = (data: Uint8Array): string => leafHashToLatin1(Uint8Array.of(255, ...data));
const leafHash = (data: Uint8Array): Uint8Array => Buffer.from(leafToLatin1(data), 'latin1');

interface RootCase {
  id: string;
  input: { leaves?: string[]; leaf?: string; left?: string; right?: string };
  expect: { equals: string };
}

test.each(load<RootCase>('merkle-roots.json').map((each) => [each.id, each] as const))(
  'the hash of %s is that of RFC 6962',
  (_id, { input, expect: { equals } }) => {
    const { leaves, leaf, left = '', right = '' } = input;
    if (leaves !== undefined)
      expect(hex(merkleRoot(leaves.map((data) => leafToLatin1(bytes(data)))))).toBe(equals);
    else if (leaf !== undefined) expect(hex(leafHash(bytes(leaf)))).toBe(equals);
    else expect(hex(nodeHash(bytes(left), bytes(right)))).toBe(equals);
  },
);

interface InclusionCase {
  id: string;
  input: { leafIndex: string; treeSize: string; leafHash: string; root: string; proof: string[] };
  expect: { valid: boolean };
}

test.each(load<InclusionCase>('merkle-inclusion.json').map((each) => [each.id, each] as const))(
  'an inclusion proof holds only as it is: %s',
  (_id, { input, expect: { valid } }) => {
    const root = rootOfProof({
      leaf: bytes(input.leafHash),
      index: BigInt(input.leafIndex),
      size: BigInt(input.treeSize),
      proof: input.proof.map(bytes),
    });
    expect(hex(root) === input.root).toBe(valid);
  },
);

test('every leaf of every tree has a proof that leads to its root, and to no other place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, any) => {
      const leaves = Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index)));
      const root = hex(merkleRoot(leaves.map((each) => Buffer.from(each).toString('latin1'))));
      const index = any % size;
      const proof = inclusionProof(leaves, index) ?? [];
      const leaf = leaves[index] ?? new Uint8Array();
      const rootAt = (at: number): string | undefined =>
        hex(rootOfProof({ leaf, index: BigInt(at), size: BigInt(size), proof }));
      expect(rootAt(index)).toBe(root);
      for (let at = 0; at < size; at += 1) if (at !== index) expect(rootAt(at)).not.toBe(root);
    }),
  );
});

test('a leaf that is not there has no proof', () => {
  expect(inclusionProof([leafHash(Uint8Array.of(1))], 1)).toBeUndefined();
  expect(inclusionProof([], 0)).toBeUndefined();
  expect(inclusionProof([leafHash(Uint8Array.of(1))], -1)).toBeUndefined();
});

test('a proof that does not have the shape of the tree leads nowhere', () => {
  const leaves = [1, 2, 3].map((byte) => leafHash(Uint8Array.of(byte)));
  const [leaf = new Uint8Array()] = leaves;
  const proof = inclusionProof(leaves, 0) ?? [];
  const [sibling = new Uint8Array(), ...rest] = proof;
  const whole = { leaf, index: 0n, size: 3n, proof };
  expect(hex(rootOfProof(whole))).toBe(
    hex(merkleRoot(leaves.map((each) => Buffer.from(each).toString('latin1')))),
  );
  for (const other of [
    ...[{ index: -1n }, { index: 3n }, { size: 0n }, { size: -1n }],
    ...[{ proof: [] }, { proof: rest.slice(0, 1) }, { proof: [...proof, sibling] }],
    ...[{ proof: [sibling.subarray(1), ...rest] }, { proof: [Buffer.concat([sibling, leaf]), ...rest] }],
    ...[{ leaf: leaf.subarray(1) }, { leaf: Buffer.concat([leaf, leaf]) }],
    ...[
      { size: 1n, proof: [sibling] },
      { index: -1n, size: 1n, proof: [] },
    ],
  ])
    expect([other, rootOfProof({ ...whole, ...other })]).toEqual([other, undefined]);
});
