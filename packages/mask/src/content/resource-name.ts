/** Names of things of AWS and Google Cloud: a policy tells who may use them. */
const RESOURCE_NAME =
  /^(?:arn:aws[\w-]{0,16}:[a-z0-9-]{1,32}:[a-z0-9-]{0,24}:\d{0,12}:[\w+=,.@:/-]{1,512}|projects\/[\w-]{1,64}\/secrets\/[\w-]{1,255}(?:\/versions\/\w{1,16})?)$/;
/** What a form asks of a value: `required|string|min:8`. */
const VALIDATION =
  /^(?:required|nullable|sometimes|bail|string|present|filled|confirmed)(?:\|[a-z_]{2,32}(?::[\w,.]{1,64})?){1,16}$/;
const LONGEST = 1024;

/** Whether a value under a secret's name only names one, or says what it has to be like. */
export function isResourceName(value: string): boolean {
  return value.length <= LONGEST && (RESOURCE_NAME.test(value) || VALIDATION.test(value));
}
