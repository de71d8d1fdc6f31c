import { expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

// Texts of logs, headers, stack traces and prose with look-alikes of secrets. None of them may change.

const TEXTS = `
550e8400-e29b-41d4-a716-446655440000
request 550e8400-e29b-41d4-a716-446655440000 failed
da39a3ee5e6b4b0d3255bfef95601890afd80709
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
commit 9a038989604e8da62ecddbe2094b16ce1b778be1 (HEAD -> main)
sha256:eaaa7b11777babe28e6133a8b19ff71cea687e0d7f05158dee95a71f76ce3d00
nginx@sha256:2f3b9c1d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcdef
1748503543012
2024-01-15T12:34:56.789Z
trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7
00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
1-58406520-a006649127e371903a2de979
Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1
ISBN 978-3-16-148410-0
978-0-306-40615-7
arn:aws:iam::123456789012:role/service-role/lambda-role-4xk2p9
arn:aws:lambda:us-east-1:123456789012:function:my-function:42
arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf
hosted-eu-20260812-09
ip-10-0-12-34.eu-west-1.compute.internal
v1.2.3-beta.4+build.567
node/20.11.1 (linux; x64)
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36
aws-sdk-js/3.450.0 ua/2.0 os/linux#5.10 lang/js md/nodejs#18.18.2 api/s3#3.450.0
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==
10.0.0.1:8080 -> 192.168.1.254:443
@opentelemetry/instrumentation-http@0.52.1
0::/user.slice/user-1000.slice/user@1000.service/tmux-spawn-0267755b-4639-4a27-90ed-f19f88e53748.scope
Started getty@tty1.service, modprobe@fuse.service and dev-disk@by.swap.
node_modules/@aws-sdk/client-s3/dist-cjs/index.js:1234:56
    at TokenService.validateToken (/app/src/services/token-service.ts:42:17)
    at async AuthController.login (/srv/app/dist/auth/auth.controller.js:118:24)
    at com.example.security.JwtTokenFilter.doFilterInternal(JwtTokenFilter.java:63)
    at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
  File "/usr/lib/python3.11/site-packages/jwt/api_jwt.py", line 210, in decode
goroutine 1 [running]: main.getToken(0xc0000140a8, 0x1a) /app/main.go:33 +0x1d
TypeError: Cannot read properties of undefined (reading 'token')
SyntaxError: Unexpected token < in JSON at position 0
Unexpected token '<', "<!DOCTYPE "... is not valid JSON
invalid token: expected 'Bearer', got 'Basic'
JsonWebTokenError: jwt malformed
TokenExpiredError: jwt expired at 2024-01-15T12:34:56Z
Error: secret not found in namespace default
The password must contain at least 8 characters and 1 digit
password policy: min 12 chars, 2 digits, expires after 90 days
User authenticated with method password in 245ms
max_tokens=4096 temperature=0.7 model=gpt-4-0613
prompt_tokens: 1234, completion_tokens: 567, total_tokens: 1801
gen_ai.usage.input_tokens=1024
cache_key: user:1234567:profile:v2
cacheKey=products/list/page2/sort-asc/v20240115
partition_key=customer#8f14e45f-ea6a-467d-a5b1-1234567890ab
primaryKey: 8f14e45fea6a467da5b11234567890ab
object key uploads/2024/01/15/8f14e45fceea167a5a36dedd4bea2543.jpg
s3://my-bucket/exports/year=2024/month=01/part-00001-8f14e45f.snappy.parquet
key: 9df21e95-3848-409d-8f94-c675cdfee839
idempotency-key: 8e03978e-40d5-43dd-bc93-6894a57f9324
etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
x-request-id: f058ebd6-02f7-4d3f-942e-904344e8cde5
cf-ray: 8f2a1b3c4d5e6f70-FRA
x-amz-request-id: 4442587FB7D0A2F9
x-amz-id-2: vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=
x-amz-cf-id: 3nJ4yzxJvL2l0x9T6JQpZ1h8qWnFz3tGqkR5bA==
github: 9a038989604e8da62ecddbe2094b16ce1b778be1
datadog: 3f2504e04f8911d39a0c0305e82c3301
heroku release v1234 web.1
stripe customer cus_9s6XKzkNRiz8i3
stripe: evt_1CiPtv2eZvKYlo2CcUZsDcO6
slack channel C024BE91L message 1355517523.000005
sentry event 9188182adb9c4d1d8b1a2b3c4d5e6f70
twilio message SM1f0e8ae6ade43cb3c0ce4525424e404f sent
GET /v1/accounts/1234567890123456/keys 200
kubectl get secret my-secret -n prod
my-service-7d9f8c6b5d-x2x4z
pod/api-gateway-6b7f8d9c4-abcde restarted
quay.io/org/image:v2024.01.15-rc1
build 20240115.1234 of branch feature/JIRA-1234-add-token-refresh
SRCREV_moby = "43fc912ef59a83054ea7f6706df4d53a7dea4d80"
integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==
golang.org/x/oauth2 v0.15.0 h1:s8pnnxNVzjWyrvYdFUQq5llS1PX2zhPXmccZv99h7uQ=
The quick brown fox jumps over the lazy dog
Please contact the support team about order 1234567890 placed on 15/01/2024
Order number: 100023456789, invoice INV-2024-001234
tracking number 1Z999AA10123456784
IMEI 490154203237518 serial C02XG2JHJGH5
0x7ffee4b8c9a0 segfault at 0000000000000008
lat=52.520008 lon=13.404954
session 7f3b9c2d1e4a5b6c started
token count 4096 exceeds the limit of 2048
Access token validated for client web-app-01
Access token expired 3600 seconds ago
authorization code flow started for tenant 8f14e45f-ea6a-467d-a5b1-1234567890ab
rate limit key: ip:10.0.0.1:route:/login
Kafka topic orders.v1 partition 12 offset 123456789
consumer group order-service-v2-prod-eu-west-1
redis key user:session:count:20240115
mysql error 1045: Access denied for user 'app'@'10.0.0.5' (using password: YES)
job_id=a1b2c3d4e5f6 task_key=etl_load_2024_01 status=done
feature_flag.key=new-checkout-v2
author=jsmith42 commit=abc123def4567890
version: 1.25.3-gke.1234567+abcdef
AUTH_TYPE=oauth2 AUTH_URL=https://auth.example.com/realms/prod01
keyword "summer2024 sale" matched 12 documents
monkey123 turkey456 hockey789
keyboard layout us-intl-2024-v01
compass heading 123.456 bearing 78.9
passport control queue length 42
bypass list 10.0.0.0/8,172.16.0.0/12
signature version s3v4 algorithm AWS4-HMAC-SHA256
certificate fingerprint AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD
TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
ssh-rsa key fingerprint SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW
mailto link clicked 12 times by user12345
Secret Santa draw at 18:30 in room B2.14
pin code area 110001 delivered
Your code is in review since 2024-01-15
error code 0x80070005 (E_ACCESSDENIED)
status code: 503, retry after 120
country code: DE, zip code: 10115
HTTP/1.1 401 Unauthorized www-authenticate: Bearer realm="example", error="invalid_token"
otel-collector-contrib_0.98.0_linux_amd64
- (id)hf_requiredCharacteristicTypesForDisplayMetadata;
added io.jsonwebtoken:jjwt-jackson-0.11.2 and com.example.tokens:token-api:1.4.2
if (pIdxKey->default_rc==0) free(token->next(1));
o.keySelector=n,o.haKey=!1,o.apiKey=!0
credentials: new AWS.SharedIniFileCredentials({ profile: 'default' })
RUN --mount=type=secret,id=jfrog_config make
SUMO_ACCESS_KEY=\${SUMO_ACCESS_KEY:=$2} API_KEY=\${API_KEY:?unset}
--set kubeconfig.token="sha256~XXXXXXXXXX_PUT_YOUR_TOKEN_HERE_XXXXXXXXXXXX"
https://static.example.com/video_box.ico-7a388b69018576d24b59331fd60aab0c.png
Handler for key 'even' is missing, no value for key 'DefaultValue'
x509: cannot verify signature: algorithm unimplemented
x509: cannot verify signature: insecure algorithm SHA1-RSA
error creating private key: permission denied
bad token: got string, expected number
The resource identified by the request is only capable of generating other content
Activate item identified by INDEX.
Pass '--full-trace' to see all frames
arguments must be of the form KEY=VALUE: invalid argument
signature: %w key: 0x%x token: %+v
if(e.token===8457273&&f(e,31))return
cache miss key=user:42
Produced message topic=orders key=order-42 partition=1
scope token:read secrets:write, npm run token:generate
signature: valid, token=expired, auth=ok
const token = tokens[i]; let key = Object.keys(all)[0];
const token = jwt.sign({ id }, 10);
<input name="password"> <label>Remember me</label>
com.amazonaws.services.s3.model.AmazonS3Exception: The AWS Access Key Id you provided does not exist in our records.
`
  .trim()
  .split('\n');

test.each(TEXTS)('%s', (text) => {
  const masker = createMasker();
  expect(masker.text(text)).toBe(text);
  expect(masker.attribute('note', text)).toBe(text);
  expect(masker.attribute('note', JSON.stringify({ message: text }))).toBe(JSON.stringify({ message: text }));
});
