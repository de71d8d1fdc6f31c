import { bytesOf, hex } from './hex.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';

/** What a seal says, part by part. Bytes are in hexadecimal. */
export interface SealParts {
  readonly key_id: string;
  readonly realm_tag: string;
  readonly stream_id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly marks: number;
  readonly attributes: number;
  readonly tail: string;
  readonly sections: string;
  readonly mac: string;
}

/** The parts of a text that a sealer wrote. */
export function sealParts(text: string): SealParts {
  const parts = text.split('~');
  const bytes = (place: number): string => hex(spelledOutBytes(parts[place] ?? ''));
  const number = (place: number): number => spelledOutNumber(parts[place] ?? '');
  return {
    key_id: parts[1] ?? '',
    realm_tag: bytes(2),
    stream_id: bytes(3),
    epoch: number(4),
    seq: number(5),
    marks: number(6),
    attributes: number(7),
    tail: bytes(8),
    sections: bytes(9),
    mac: bytes(10),
  };
}

/** The text of a seal with these parts. */
export function sealText(parts: SealParts): string {
  return [
    '1',
    parts.key_id,
    spelledBytes(bytesOf(parts.realm_tag)),
    spelledBytes(bytesOf(parts.stream_id)),
    spelledNumber(parts.epoch),
    spelledNumber(parts.seq),
    spelledNumber(parts.marks),
    spelledNumber(parts.attributes),
    spelledBytes(bytesOf(parts.tail)),
    spelledBytes(bytesOf(parts.sections)),
    spelledBytes(bytesOf(parts.mac)),
  ].join('~');
}
