import { describe, expect, test } from '@jest/globals';
import {
  canaryContents,
  canaryKinds,
  canaryPlaces,
  createCanaries,
  findCanaries,
  fitsTraceState,
  loadLines,
} from '../src/index.js';

describe.each(canaryKinds)('canaries of kind %s', (kind) => {
  test('are distinct, one for each place', () => {
    const canaries = createCanaries(kind);
    expect(Object.keys(canaries)).toEqual([...canaryPlaces]);
    expect(new Set(Object.values(canaries).map(({ secret }) => secret)).size).toBe(canaryPlaces.length);
    for (const { secret, text } of Object.values(canaries)) expect(text).toContain(secret);
  });

  test.each<[string, (secret: string) => string | Buffer]>([
    ['UTF-8', (secret) => secret],
    ['UTF-16', (secret) => Buffer.from(secret, 'utf16le')],
    ['JSON escapes', (secret) => secret.replace(/./gs, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
    ['base64', (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64')],
    ['base64 shifted by one', (secret) => Buffer.from(`{"ab":"${secret}"}`).toString('base64')],
    ['base64url shifted by two', (secret) => Buffer.from(`{"abc":"${secret}"}`).toString('base64url')],
    ['hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
    ['percent-encoding', (secret) => encodeURIComponent(secret)],
    ['a list of bytes', (secret) => JSON.stringify([...Buffer.from(` ${secret} `)])],
  ])('are found in %s', (_, write) => {
    const canaries = createCanaries(kind);
    const { eventAttribute } = canaries;
    const written = Buffer.concat([
      Buffer.from('x'),
      Buffer.from(write(eventAttribute.secret)),
      Buffer.from('y'),
    ]);
    const places = findCanaries(written, canaries).map(({ place }) => place);
    expect([...new Set(places)]).toEqual(['eventAttribute']);
  });

  test('are not found where they are not', () => {
    const others = Object.values(createCanaries(kind)).map(({ text }) => text);
    expect(findCanaries(Buffer.from(others.join(' ')), createCanaries(kind))).toEqual([]);
  });
});

describe.each(loadLines())('on SDK $name', ({ api }) => {
  test.each(canaryKinds)('a trace state holds %s, or does not, as the table says', (kind) => {
    const [text] = canaryContents[kind];
    const kept = api.createTraceState(`vendor=${text}`).get('vendor');
    expect(kept === text.trim()).toBe(fitsTraceState(kind));
  });
});
