import type { PlantedSecret } from './planted.js';

/** The ways in which a text may be written in a trace. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    value.replaceAll(' ', ''),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
  ];
}

/** Which of the secrets stand in the bytes: as they are, percent-encoded, escaped, in base64 or in hex. */
export function searchSecrets(
  bytes: readonly Uint8Array[],
  secrets: readonly PlantedSecret[],
): readonly PlantedSecret[] {
  const haystacks = bytes.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  return secrets.filter(({ value }) =>
    spellings(value).some((spelling) => haystacks.some((haystack) => haystack.includes(spelling))),
  );
}
