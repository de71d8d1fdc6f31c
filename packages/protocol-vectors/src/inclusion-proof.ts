import { checkInclusion, createVerifier, type SpanInclusion } from '@spanseal/seal';
import { checkpointItem } from './checkpoint-item.js';
import { bytesOf, hex } from './hex.js';
import { keyRingOf, plainRing } from './key-ring-input.js';
import { plainLeaf } from './merkle-plain.js';
import { requestOf } from './request-input.js';
import { plainItem, plainSpan, sealedBy, sealerOf, startMillis, withSpan } from './sealed-span.js';
import type { VectorCase, VectorFile } from './vector-file.js';

/** That a span is one of those of a checkpoint with this root. Bytes are in hexadecimal. */
export interface ProofInput {
  readonly seq: number;
  /** Of the seal of the span. */
  readonly mac: string;
  /** The place among the spans of the checkpoint, and how many they are. */
  readonly index: number;
  readonly size: number;
  /** From the bottom up. */
  readonly audit_path: readonly string[];
  readonly root: string;
}

export interface ProofExpected {
  readonly holds: boolean;
}

type ProofCase = VectorCase<ProofInput, ProofExpected>;

export function inclusionProofVectors(): VectorFile {
  return {
    topic: 'inclusion-proof',
    about: 'Whether an audit path leads from the leaf of a span to the root of a checkpoint.',
    cases: [...positive(), ...negative()],
  };
}

export function proofHolds(input: ProofInput): ProofExpected {
  return { holds: checkInclusion(inclusionOf(input)) };
}

/** A proof as this implementation takes it. What is not in the input is for people, and not checked. */
export function inclusionOf({ seq, mac, index, size, audit_path, root }: ProofInput): SpanInclusion {
  return {
    stream: '',
    spanId: '',
    seq,
    mac: base64(mac),
    leaf: base64(hex(plainLeaf(seq, bytesOf(mac)))),
    index,
    size,
    proof: audit_path.map(base64),
    root: base64(root),
    checkpoint: '',
  };
}

function positive(): readonly ProofCase[] {
  const places: readonly (readonly [number, number])[] = [
    [1, 0],
    [2, 0],
    [2, 1],
    [3, 2],
    [5, 0],
    [5, 3],
    [5, 4],
    [7, 6],
    [8, 5],
    [128, 0],
    [128, 77],
    [128, 127],
  ];
  return places.map(([size, index]) => ({
    id: `${index}-of-${size}`,
    kind: 'positive',
    says: `The span at place ${index} of ${size}.`,
    input: proven(size, index),
    expected: { holds: true },
  }));
}

function negative(): readonly ProofCase[] {
  const proof = proven(5, 3);
  const changed = (id: string, says: string, parts: Partial<ProofInput>): ProofCase => ({
    id,
    kind: 'negative',
    says,
    input: { ...proof, ...parts },
    expected: { holds: false },
  });
  const path = proof.audit_path;
  const zeros = '00'.repeat(32);
  return [
    changed('other-seq', 'The seq of another span.', { seq: 4 }),
    changed('other-mac', 'The MAC of another span.', { mac: '00'.repeat(16) }),
    changed('other-root', 'Another root.', { root: zeros }),
    changed('other-index', 'Another place.', { index: 2 }),
    changed('index-is-size', 'A place behind the last one.', { index: 5 }),
    changed('other-size', 'A size with a path of another length.', { size: 9 }),
    changed('size-zero', 'No spans.', { size: 0, index: 0, audit_path: [] }),
    changed('path-changed', 'A hash of the path was changed.', { audit_path: [zeros, ...path.slice(1)] }),
    changed('path-short', 'The last hash of the path is not there.', { audit_path: path.slice(0, -1) }),
    changed('path-long', 'The path has a hash more.', { audit_path: [...path, zeros] }),
    changed('path-empty', 'No path.', { audit_path: [] }),
    changed('path-reversed', 'The path from the top down.', { audit_path: [...path].reverse() }),
    changed('root-as-path', 'No path, and the leaf as the root of a tree of five.', {
      audit_path: [],
      root: hex(plainLeaf(proof.seq, bytesOf(proof.mac))),
    }),
    {
      ...changed(
        'size-alike',
        "Another size for which the path is the same: the size is the checkpoint's to say.",
        { size: 6 },
      ),
      kind: 'positive',
      expected: { holds: true },
    },
  ];
}

/** What the verifier of this implementation proves. */
function proven(size: number, index: number): ProofInput {
  const sealer = sealerOf({ checkpoints: true });
  const items = Array.from({ length: size }, (_, place) =>
    sealedBy(sealer, withSpan(plainItem, plainSpan(place))),
  );
  const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis + 1_000 });
  const verifier = createVerifier({ keyRing: keyRingOf(plainRing) });
  verifier.add(requestOf([...items, checkpointItem(checkpoint?.text ?? '')]));
  const proof = verifier.prove(items[index]?.span.spanId ?? '');
  if (typeof proof === 'string') throw new Error(proof);
  const { seq, mac, proof: path, root } = proof;
  return { seq, mac: unbase64(mac), index, size, audit_path: path.map(unbase64), root: unbase64(root) };
}

function base64(bytes: string): string {
  return Buffer.from(bytesOf(bytes)).toString('base64');
}

function unbase64(bytes: string): string {
  return hex(Buffer.from(bytes, 'base64'));
}
