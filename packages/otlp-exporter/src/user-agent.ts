/** Of the package: a test holds it to package.json, which an ESM and a CommonJS build do not read alike. */
const version = '0.1.0';

/** RFC 9110 §10.1.5; the OTLP specification asks exporters to say what they are. */
export const userAgent: string = `Spanseal-OTLP-Exporter-JavaScript/${version}`;
