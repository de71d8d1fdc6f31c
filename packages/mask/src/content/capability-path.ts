import { looksRandom } from '../detectors/secret-shape.js';

/** What stands in a path before a segment that lets in whoever knows it: hooks of chats and pipelines, inputs of logs. */
const OPENS =
  /\/(?:hooks?(?:\/catch\/\d{1,12}|\/[A-Za-z0-9]{8,24})?|services\/T[A-Z0-9]{6,16}\/B[A-Z0-9]{6,16}|workflows\/T[A-Z0-9]{6,16}\/A[A-Z0-9]{6,16}\/\d{10,24}|inputs|receiver\/v1\/http|integration|with\/key)\/$/;
/** The same, where an identifier is one too. */
const OPENS_TO_ID = /\/(?:bot\/v2\/hook|IncomingWebhook(?:\/[0-9A-Za-z]{16,64})?|integration|inputs)\/$/;
const ID = /^(?:[0-9a-f]{32,64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;
const SHORTEST = 16;
const LONGEST_SEGMENT = 40;
/** Segments that say what the next one is. */
const MOST_BEFORE = 4;

/** Follows a path segment by segment and says which one is a key by what stands before it. */
export class CapabilityPath {
  readonly #before: string[] = [];

  /** @param segment decoded, attacker-controlled. */
  next(segment: string): boolean {
    const isKey = segment.length >= SHORTEST && this.#opensTo(segment);
    if (this.#before.length === MOST_BEFORE) this.#before.shift();
    this.#before.push(segment);
    return isKey;
  }

  #opensTo(segment: string): boolean {
    const isRandom = looksRandom(segment.replace(/={1,2}$/, ''));
    const segments = this.#before.map((each) => `/${each.slice(0, LONGEST_SEGMENT)}`);
    const before = `${segments.join('')}/`;
    if (OPENS_TO_ID.test(before)) return isRandom || ID.test(segment);
    return isRandom && OPENS.test(before);
  }
}
