/** Any value that an OpenTelemetry attribute can hold on the 2.x and 3.x lines: nested maps, mixed arrays and bytes included. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** A bag of attributes, as spans, events, links, scopes and resources hold it. */
export type Attributes = { readonly [key: string]: AttributeValue };
