const shape = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
/** A seal is to hold nothing that a card or phone rule of a pipeline looks for. */
const longDigits = /[0-9]{9}/;

/** What a key id must look like, for messages. */
export const expectedKeyId = '1 to 32 letters, digits, - and _, at most 8 digits in a row';

/** Whether a text can be a key's id. Ids stand in seals, between their separators. */
export function isKeyId(text: unknown): text is string {
  return typeof text === 'string' && shape.test(text) && !longDigits.test(text);
}
