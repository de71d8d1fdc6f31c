/** What the demo tells its app to begin with. */
export interface AppSettings {
  readonly awsPort: number;
  readonly partnerUrl: string;
  readonly collectorPort: number;
  /** PEM of the authority that signed the receiver's certificate. */
  readonly authority: string;
  readonly accessKeyId: string;
  readonly signingKey: { readonly id: string; readonly secret: string };
  /** False leaves the link out, to see the demo fail. */
  readonly masking: boolean;
  readonly sealing: boolean;
}

/** A span as a person reads it: a label and a text for each field that can hold what the app put there. */
export interface SpanRecord {
  readonly spanId: string;
  readonly name: string;
  readonly fields: readonly (readonly [label: string, text: string])[];
}

export type ToApp = { readonly type: 'start'; readonly settings: AppSettings } | { readonly type: 'finish' };

export type FromApp =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'finished'; readonly spans: readonly SpanRecord[] }
  | { readonly type: 'failed'; readonly reason: string };
