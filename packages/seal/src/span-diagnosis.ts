import { sealAttributeKey } from '@spanseal/otlp';
import { addedAttributes, type TrialBudget } from './added-attributes.js';
import { isMac, type SpanCheck } from './check-span.js';
import type { SealParts } from './seal-text.js';
import type { SpanInRequest } from './span-in-request.js';
import { differingSections, type SpanContent, sectionNames, sectionTags } from './span-sections.js';
import type { StreamEpoch } from './stream-keys.js';

interface ChangedSpan {
  readonly item: SpanInRequest;
  readonly content: SpanContent;
}

/**
 * What happened to a span whose MAC does not hold. That attributes were added is proven: without them the MAC holds. That a
 * section changed is what its tags say, which whoever changed it could have changed as well; where none or all of them differ,
 * nothing can be told from a forgery.
 */
export function diagnose(
  { item, content }: ChangedSpan,
  seal: SealParts,
  { keys, mac, budget }: Pick<StreamEpoch, 'keys' | 'mac'> & { readonly budget: TrialBudget },
): SpanCheck {
  const now = sectionTags(content, keys.sections.at(seal.seq));
  const sections = differingSections(now, seal.sections);
  if (sections.length === 0 || sections.length === sectionNames.length) return { verdict: 'invalid' };
  if (sections.length === 1 && sections[0] === 'attributes') {
    const { origin } = content;
    const attributes = (item.span.attributes ?? []).filter((attribute) => attribute.key !== sealAttributeKey);
    const added = addedAttributes(
      { attributes },
      { count: seal.attributes, length: content.core.length, budget },
      (fewer) => {
        const span = { ...item.span, attributes: [...fewer] };
        return mac.withContent(span, origin, (trial) => isMac(mac.toLatin1(trial, seal, keys), seal.mac));
      },
    );
    if (added !== undefined) return { verdict: 'additions', added };
  }
  return { verdict: 'changed', sections };
}
