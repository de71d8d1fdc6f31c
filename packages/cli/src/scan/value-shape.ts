/**
 * What may be said of a value: which classes of characters it has, and how many characters. `A` are capitals, `a` small
 * letters, `9` digits, `ü` letters of other alphabets, `␣` white space, `#` any other character.
 */
export interface ValueShape {
  readonly classes: string;
  /** In UTF-16 units. */
  readonly length: number;
}

const JOINTS = '-_+/=.';
/** More of a long value does not change its classes. */
const SAMPLE = 4096;

/** The shape of a text. */
export function shapeOf(text: string): ValueShape {
  const found = new Set<string>();
  const end = Math.min(text.length, SAMPLE);
  for (let at = 0; at < end; at += 1) found.add(classOf(text.charCodeAt(at)));
  const classes = ['A', 'a', '9', 'ü', '␣', ...JOINTS, '#'].filter((name) => found.has(name)).join('');
  return { classes, length: text.length };
}

/** A shape as it is shown: `Aa9-×24`. */
export function renderShape({ classes, length }: ValueShape): string {
  return `${classes === '' ? 'empty' : classes}×${length}`;
}

function classOf(code: number): string {
  if (code >= 0x30 && code <= 0x39) return '9';
  if (code >= 0x41 && code <= 0x5a) return 'A';
  if (code >= 0x61 && code <= 0x7a) return 'a';
  if (code >= 0xc0) return 'ü';
  if (code <= 0x20) return '␣';
  const character = String.fromCharCode(code);
  return JOINTS.includes(character) ? character : '#';
}
