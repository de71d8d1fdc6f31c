import { OtlpError } from '@spanseal/otlp';

/** A canonical form, or why there is none: kept like a form, so that it is not looked for with every span. */
export function formOrFault(make: () => Uint8Array): Uint8Array | OtlpError {
  try {
    return make();
  } catch (error) {
    if (error instanceof OtlpError) return error;
    throw error;
  }
}
