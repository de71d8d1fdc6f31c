/** One block of issuer identification numbers: the first digits, from and to (same count), and the lengths of its cards. */
interface IssuerBlock {
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

const block = (range: string, ...lengths: readonly number[]): IssuerBlock => {
  const [from = '', to = from] = range.split('-');
  return { from, to, lengths };
};

/** Issuer identification numbers in use (ISO/IEC 7812), as the networks and the Datadog and Presidio test data give them. */
const ISSUER_BLOCKS: readonly IssuerBlock[] = [
  block('1', 15), // UATP
  block('2131', 15), // JCB
  block('222100-272099', 16), // Mastercard
  block('300-305', 14, 16, 17, 18, 19), // Diners Club
  block('309', 14, 16, 17, 18, 19),
  block('34', 15), // American Express
  block('37', 15),
  block('36', 14, 15, 16, 17, 18, 19),
  block('38-39', 14, 16, 17, 18, 19),
  block('3528-3589', 16, 17, 18, 19), // JCB
  block('4', 13, 16, 19), // Visa
  block('5019', 16), // Dankort
  block('4571', 16),
  block('51-55', 16), // Mastercard
  block('500000-509999', 12, 13, 14, 15, 16, 17, 18, 19), // Maestro, Verve, Elo
  block('560000-589999', 12, 13, 14, 15, 16, 17, 18, 19),
  block('600000-609999', 13, 14, 15, 16, 17, 18, 19), // Discover, RuPay, Hipercard
  block('6011', 16, 17, 18, 19),
  block('62', 15, 16, 17, 18, 19), // UnionPay
  block('633000-633999', 16, 18, 19), // Switch, Solo
  block('630400-630499', 12, 13, 14, 15, 16, 17, 18, 19), // Maestro
  block('636', 16), // InterPayment, HSBC Solo
  block('637-639', 13, 14, 15, 16, 17, 18, 19), // InstaPayment, Maestro
  block('639', 12), // Maestro
  block('644-659', 16, 17, 18, 19), // Discover, RuPay
  block('670000-679999', 12, 13, 14, 15, 16, 17, 18, 19), // Maestro
  block('690000-699999', 16, 17, 18, 19),
  block('810-817', 16, 17, 18, 19), // RuPay, UnionPay
  block('9792', 16), // Troy
  block('2200-2204', 16, 17, 18, 19), // Mir
];

/** Whether digits of this length can be the number of a payment card, by their first digits. */
export function hasIssuerPrefix(digits: string): boolean {
  return ISSUER_BLOCKS.some(({ from, to, lengths }) => {
    const prefix = digits.slice(0, from.length);
    return prefix >= from && prefix <= to && lengths.includes(digits.length);
  });
}

/** By the first two digits, the lengths that a card can have, as bits: bit 16 for sixteen digits. */
const LENGTHS: Uint32Array = lengthsByStart();

function lengthsByStart(): Uint32Array {
  const masks = new Uint32Array(100);
  for (const { from, to, lengths } of ISSUER_BLOCKS) {
    const last = Number(to.slice(0, 2).padEnd(2, '9'));
    for (let start = Number(from.slice(0, 2).padEnd(2, '0')); start <= last; start += 1)
      for (const length of lengths) masks[start] = (masks[start] ?? 0) | (1 << length);
  }
  return masks;
}

/** Whether a number that begins with these two digits can be the number of a payment card of this length. */
export function canBeIssued(start: number, length: number): boolean {
  return (((LENGTHS[start] ?? 0) >> length) & 1) === 1;
}
