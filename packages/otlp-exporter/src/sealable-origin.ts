import { modelAttributes, type Resource as ResourceModel, type Scope as ScopeModel } from '@spanseal/otlp';
import type { InstrumentationScope, Resource } from './readable-span.js';
import { sdkAttributes } from './sdk-value.js';
import { sealableCount } from './sealable-context.js';
import { sealableAttributes, sealableText } from './sealable-value.js';

interface SealableResource {
  readonly resource: Resource;
  readonly model: ResourceModel;
}

interface SealableScope {
  readonly scope: InstrumentationScope;
  readonly model: ScopeModel;
}

/**
 * Resources and scopes in their sealable form, one for each that came in: exporters group spans by the identity of the
 * resource.
 */
export class SealableOrigins {
  readonly #resources = new WeakMap<Resource, SealableResource>();
  readonly #scopes = new WeakMap<InstrumentationScope, SealableScope>();

  resource(resource: Resource): SealableResource {
    const known = this.#resources.get(resource);
    if (known !== undefined) return known;
    const attributes = sealableAttributes(resource.attributes);
    const settled = settledResource(resource, sdkAttributes(attributes.keys, attributes.values));
    const sealable = {
      resource: settled,
      model: { attributes: modelAttributes(attributes.keys, attributes.values) },
    };
    // Attributes that are still being detected would be missing from every later span.
    if (resource.asyncAttributesPending !== true) this.#resources.set(resource, sealable);
    return sealable;
  }

  scope(scope: InstrumentationScope): SealableScope {
    const known = this.#scopes.get(scope);
    if (known !== undefined) return known;
    const name = sealableText(scope.name);
    const version = sealableText(scope.version);
    const given = sealableAttributes(scope.attributes ?? {});
    const attributes = sdkAttributes(given.keys, given.values);
    // The stock serializers write this count only beside attributes.
    const droppedAttributesCount =
      scope.attributes === undefined ? 0 : sealableCount(scope.droppedAttributesCount);
    const sealable = {
      scope: {
        name,
        ...(scope.version !== undefined && { version }),
        ...(scope.schemaUrl !== undefined && { schemaUrl: sealableText(scope.schemaUrl) }),
        ...(scope.attributes !== undefined && { attributes, droppedAttributesCount }),
      },
      model: { name, version, attributes: modelAttributes(given.keys, given.values), droppedAttributesCount },
    };
    this.#scopes.set(scope, sealable);
    return sealable;
  }
}

function settledResource(resource: Resource, attributes: Resource['attributes']): Resource {
  const settled = {
    attributes,
    ...(resource.schemaUrl !== undefined && { schemaUrl: sealableText(resource.schemaUrl) }),
    asyncAttributesPending: false,
    waitForAsyncAttributes: () => Promise.resolve(),
    getRawAttributes: () => Object.entries(attributes),
    merge: () => settled,
  };
  return settled;
}
