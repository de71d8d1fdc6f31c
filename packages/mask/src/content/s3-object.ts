const HOST = /^(?:[^/@]{0,512}\.)?s3(?:[.-][a-z0-9-]{1,32}){0,5}(?::\d{1,5})?$/i;
const AWS_HOST = /(?:^|\.)s3(?:[.-][a-z0-9-]{1,32}){0,4}\.amazonaws\.com(?:\.cn)?(?::\d{1,5})?$/i;
const OPERATION =
  /[?&]x-id=(?!List|DeleteObjects(?:&|$))\w{0,40}(?:Object|Part|MultipartUpload)\w{0,20}(?:&|$)/;

/** Where the bucket of an S3 object request stands: in the host, in the path; undefined: no such request. */
export type BucketPlace = 'host' | 'path' | undefined;

/**
 * Whether a URL asks for an object of S3. Its key can be a person's name, so it is masked, and the bucket stays.
 *
 * @param host authority without user information. @param query with its '?', or ''.
 */
export function bucketPlace(host: string, query: string, segments: number): BucketPlace {
  if (AWS_HOST.test(host.slice(-300)) || HOST.test(host.slice(0, 300))) {
    return /^s3(?:[.-]|:|$)/i.test(host) ? 'path' : 'host';
  }
  if (!OPERATION.test(query.slice(0, 4096))) return undefined;
  return segments > 1 ? 'path' : 'host';
}
