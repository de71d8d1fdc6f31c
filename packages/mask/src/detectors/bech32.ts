const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;

/** Whether the checksum of an address in bech32 or bech32m (BIP 173, BIP 350) is right. */
export function checksOutBech32(address: string): boolean {
  const lower = address.toLowerCase();
  const separator = lower.lastIndexOf('1');
  let check = 1;
  // The prefix expanded: the high bits, a zero, the low bits.
  for (let at = 0; at < separator; at += 1) check = polymod(check, lower.charCodeAt(at) >>> 5);
  check = polymod(check, 0);
  for (let at = 0; at < separator; at += 1) check = polymod(check, lower.charCodeAt(at) & 31);
  for (const character of lower.slice(separator + 1)) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return false;
    check = polymod(check, value);
  }
  return check === BECH32_CHECK || check === BECH32M_CHECK;
}

function polymod(check: number, value: number): number {
  const top = check >>> 25;
  let next = ((check & 0x1ffffff) << 5) ^ value;
  for (const [bit, generator] of GENERATORS.entries()) if (((top >>> bit) & 1) === 1) next ^= generator;
  return next;
}
