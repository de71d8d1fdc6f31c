import { createMasker, type Masker, type Policy, type ServiceMatch } from '@spanseal/mask';
import type { KeyValue, ResourceSpans, Span, TraceRequest } from '@spanseal/otlp';
import { toAttributeValue } from '../masked-value.js';
import { findSensitiveSpans, spanKey } from '../sensitive-trace.js';
import { structuralSpan } from '../structural-span.js';
import { type AlikeSuspicions, fieldSuspicions } from './field-suspicions.js';
import { LeakFinder } from './leak-finder.js';
import { LeakList, type Occurrence } from './leak-list.js';
import { MaskTally } from './mask-tally.js';
import { mergeAdditions, type PolicyAddition } from './policy-addition.js';
import type { ScanReport } from './scan-report.js';
import { maskField, resourceFields, type SpanField, spanFields } from './span-field.js';
import { isSameSuspicion } from './suspicion.js';

/** Findings behind findings in one value. */
const MOST_ROUNDS = 4;
const NO_SERVICE = '(no service.name)';

/** Goes through captures request by request: what a policy would mask in them, and what looks secret all the same. */
export class CaptureScan {
  readonly #masker: Masker;
  readonly #finder: LeakFinder;
  readonly #tally = new MaskTally();
  readonly #leaks: LeakList;
  #files = 0;
  #requests = 0;
  #spans = 0;

  /** @throws PolicyError `ERR_SPANSEAL_POLICY` with every fault of the policy. */
  constructor(policy: Policy = {}) {
    this.#masker = createMasker(policy);
    this.#finder = new LeakFinder({
      mask: policy.mask ?? '****',
      partial: usesAction(policy, 'partial'),
      hashed: policy.hashKey !== undefined,
    });
    this.#leaks = new LeakList(policy, this.#finder);
  }

  /** @param requests of one capture, walked through up to three times: what is not needed any more is not kept. */
  addCapture(requests: Iterable<TraceRequest>): void {
    this.#files += 1;
    const sensitive = findSensitiveSpans(requests, this.#masker);
    for (const request of requests) {
      this.#requests += 1;
      for (const group of request.resourceSpans) this.#addResource(group, sensitive);
    }
  }

  report(): ScanReport {
    const { leaks, more, exempted, addition } = this.#leaks;
    const { faults, limits } = this.#masker.counters();
    return {
      result: leaks.length > 0 || more > 0 ? 'leaks' : 'clean',
      files: this.#files,
      requests: this.#requests,
      spans: this.#spans,
      values: this.#tally.values,
      masked: this.#tally.masked,
      leaks,
      moreLeaks: more,
      exempted,
      ...(addition && { addition }),
      faults,
      limits: limits + this.#finder.unread,
    };
  }

  #addResource(group: ResourceSpans, sensitive: ReadonlyMap<string, ServiceMatch>): void {
    const service = this.#serviceName(group);
    for (const field of resourceFields(group)) this.#addField(field, service);
    for (const { spans } of group.scopeSpans) {
      for (const span of spans) this.#addSpan(span, { service, match: sensitive.get(spanKey(span)) });
    }
  }

  #addSpan(span: Span, { service, match }: { service: string; match: ServiceMatch | undefined }): void {
    this.#spans += 1;
    this.#tally.addSpan(service, match);
    if (match === undefined) this.#findStore(span, service);
    for (const field of spanFields(match === undefined ? span : structuralSpan(span, match))) {
      this.#addField(field, service);
    }
  }

  #findStore(span: Span, service: string): void {
    const store = this.#finder.secretStore(span.attributes ?? []);
    if (store !== undefined) this.#leaks.addStore(store, service);
  }

  #addField(field: SpanField, service: string): void {
    const { content } = field;
    const masked = maskField(field, this.#masker);
    const isText = typeof content === 'string';
    const rawKey = isText ? undefined : content.key;
    const changed = masked.length !== 1 || !isSame(masked[0], content);
    this.#tally.addValue({
      field: field.field,
      key: rawKey === undefined ? undefined : this.#finder.safeName(maskedKey(masked, rawKey)),
      service,
      masked: changed,
      rules: changed ? this.#rulesOf(field) : [],
      leaks: this.#addLeaks(masked, field, service),
    });
  }

  #addLeaks(masked: readonly (KeyValue | string)[], field: SpanField, service: string): number {
    const seen: AlikeSuspicions[] = [];
    let found = fieldSuspicions(this.#finder, masked, field);
    let beside: PolicyAddition | undefined;
    let leaks = 0;
    // What one thing hid in a value shows when a rule for that thing is there: a rule is proposed for it too.
    for (let round = 0; found.length > 0 && round < MOST_ROUNDS; round += 1) {
      const listed = found.map((alike) =>
        this.#leaks.add({ ...occurrenceOf(alike, field), service, beside }),
      );
      leaks += listed.filter(({ counts }) => counts).length;
      const additions = listed.flatMap(({ addition }) => addition ?? []);
      if (additions.length === 0) break;
      seen.push(...found);
      beside = mergeAdditions([...(beside === undefined ? [] : [beside]), ...additions]);
      found = this.#leaks
        .remaining(beside, field)
        .filter((alike) => !seen.some((one) => isAlike(one, alike)));
    }
    return leaks;
  }

  #rulesOf({ content }: SpanField): readonly string[] {
    if (typeof content === 'string') return this.#masker.explain(undefined, content).rules;
    const { rules } = this.#masker.explain(content.key, toAttributeValue(content.value));
    return rules.length > 0 ? rules : this.#masker.explain(undefined, content.key).rules;
  }

  /** The name of the service as it may be shown: masked, and without what looks secret in it. */
  #serviceName({ resource }: ResourceSpans): string {
    const attribute = resource?.attributes?.find(({ key }) => key === 'service.name');
    const name = attribute?.value?.stringValue;
    if (!name) return NO_SERVICE;
    const masked = this.#masker.attribute('service.name', name);
    return typeof masked === 'string' ? this.#finder.safeName(masked) : NO_SERVICE;
  }
}

function occurrenceOf({ key, all }: AlikeSuspicions, field: SpanField): Omit<Occurrence, 'service'> {
  const [suspicion] = all;
  const place = suspicion.inKey === true ? 'attribute key' : field.field;
  return { suspicion, shapes: all.map(({ shape }) => shape), field, place, key };
}

function isAlike({ all: [one] }: AlikeSuspicions, { all: [other] }: AlikeSuspicions): boolean {
  return isSameSuspicion(one, other);
}

function isSame(masked: KeyValue | string | undefined, content: KeyValue | string): boolean {
  if (typeof masked === 'string' || typeof content === 'string' || masked === undefined)
    return masked === content;
  return (
    masked.key === content.key && (masked.value === content.value || isEmpty(masked.value, content.value))
  );
}

function isEmpty(masked: KeyValue['value'], content: KeyValue['value']): boolean {
  return content === undefined && masked !== undefined && Object.keys(masked).length === 0;
}

function maskedKey(masked: readonly (KeyValue | string)[], key: string): string {
  const [first] = masked;
  return typeof first === 'object' && masked.length === 1 ? first.key : key;
}

function usesAction(policy: Policy, action: string): boolean {
  return JSON.stringify([policy.keys, policy.values, policy.tiers]).includes(`"${action}"`);
}
