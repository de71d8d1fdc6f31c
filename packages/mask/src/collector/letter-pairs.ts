/**
 * How rare each pair of letters is in English, from two million letters of quotations: a row for the first letter, a column for the
 * second, a blank after `z`. A character of base 64 is the negative logarithm in steps of 0.15.
 */
const RARITY: readonly string[] = [
  'taWXrhboXvaQXLqc6PSOcYeoWqQ',
  'QdrxIxxySj4PnuP25TahOpx2T2a',
  'N2auN31NU6SX0yMxtVgRX548f2Y',
  'UqueNtisRs1fmfPv4YXubjm+a5F',
  'TnZTXgjpe0qWaQfeqNRXqZgec0H',
  'T0wxQUz0Q5zYv0M25RoXW5x7m7H',
  'UyysMvdPT44YobPw7SXlX4v7h3I',
  'Mu0zGx9vO/6qqkQ26dnXc+v/e/Q',
  'bgTXVXX4s9eTWJUgwXOOpY5o9jW',
  'OrqrNpppYrrsnrJosdrqHnssssU',
  'ZqvqHjslNvsapQgt1lSnl0l1d0J',
  'QmoTMdrzO+hNkuRl7rZbaih/SyN',
  'LYnzJq32Q57qZpPT7mZyW5x6W8O',
  'XsWNQjOrWscepdRwtsVPgkx2b1K',
  'jedZgRekfyfWTNWZ7OYUNaVtjvO',
  'PvuuLxsWT6vOozOU5NZXV6w4g5R',
  'jooniloYnomonnUoononCoUonoV',
  'SkeYKjerR5ccbaQj4aTVZiq1W7L',
  'WrbsPryVU8ggghTZsvVNY7j/h8G',
  'VyjuQx1IR98fruP0/XWaa2g/buK',
  'ZaWaXiWuY3uQXPmW3MOOvm6ojtP',
  'S2z0C221M22ytxVy2rqwnrz2k2h',
  'MvwpNs4LM6thtWOz7aasu7w6l3P',
  'RmPmSipdPrphjqfLomiOcjkcZrL',
  'hgjmWtswb4xdiiJj4iUbvtj1z1E',
  'MjknHnfgQnkZgdSnnkXkekgnVTS',
  'PUVWZWZVRhgXVYTXpZTNeiTyZzV',
];
const DIGITS_OF_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Mean rarity from which a segment is no word: where path words and random letters part best. */
const MOST = 27.15;
const rarities: readonly Uint8Array[] = RARITY.map((row) =>
  Uint8Array.from(row, (digit) => DIGITS_OF_64.indexOf(digit)),
);

/**
 * True when the letters of a text follow each other as in words. What is no letter and no blank is skipped; without two
 * letters there is nothing to judge.
 */
export function readsAsWords(text: string): boolean {
  let sum = 0;
  let pairs = 0;
  let row: Uint8Array | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const letter = letterOf(text.charCodeAt(index));
    if (letter === -1) continue;
    if (row !== undefined) {
      sum += row[letter] ?? 0;
      pairs += 1;
    }
    row = rarities[letter];
  }
  return pairs === 0 || sum / pairs < MOST;
}

function letterOf(code: number): number {
  if (code === 32) return 26;
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? lower - 97 : -1;
}
