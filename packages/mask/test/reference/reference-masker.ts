import { contentKind } from '../../src/content-kind.js';
import { Tally } from '../../src/counters.js';
import { withFreeNames } from '../../src/free-names.js';
import type { Attributes, AttributeValue, Policy, ServiceMatch } from '../../src/index.js';
import { readPolicy } from '../../src/policy-reader.js';
import { findSensitiveService } from '../../src/sensitive-service.js';
import { fromEntries, ValueMasker } from '../../src/value-masker.js';
import { ReferenceTexts } from './reference-texts.js';

/** What the masker of a policy must make of anything, done in the plainest way; slow, and the measure of what is fast. */
export class ReferenceMasker {
  readonly #policy;
  readonly #tally = new Tally();
  readonly #texts: ReferenceTexts;
  readonly #values: ValueMasker;

  constructor(policy: Policy) {
    this.#policy = readPolicy(policy);
    this.#texts = new ReferenceTexts(this.#policy, this.#tally);
    this.#values = new ValueMasker(this.#policy, { texts: this.#texts, tally: this.#tally });
  }

  /** Limits reached so far: past one, what is masked depends on what was read before. */
  get limits(): number {
    return this.#tally.limits;
  }

  text(value: string): string {
    this.#texts.attribute = undefined;
    return this.#texts.maskWhole(value, { kind: { is: 'text', header: '', lines: 'one' } });
  }

  attributes(attributes: Attributes): Attributes {
    const dialectOf = (kind: string): string | undefined => {
      const system =
        kind === 'command'
          ? (attributes['process.executable.name'] ?? attributes['process.executable.path'])
          : (attributes['db.system.name'] ?? attributes['db.system']);
      return typeof system === 'string' && system.length <= 64 ? system.toLowerCase() : undefined;
    };
    const entries: [string, string, AttributeValue][] = [];
    for (const [key, value] of Object.entries(attributes)) {
      this.#texts.attribute = undefined;
      const name = this.#values.maskName(key);
      this.#texts.attribute = key;
      this.#texts.dropped = false;
      const judged = this.#values.judgedName(key, name, 'attribute');
      const masked = this.#values.mask(judged, value, {
        kind: contentKind(key),
        dialect: dialectOf(contentKind(key).is),
      });
      const isDropped = this.#texts.dropped || (masked === undefined && value !== undefined);
      if (!isDropped) entries.push([key, name, masked]);
    }
    return fromEntries(withFreeNames(entries));
  }

  sensitiveService(attributes: Attributes): ServiceMatch | undefined {
    return findSensitiveService(this.#policy.services, attributes);
  }
}
