import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// Where clients take their secrets: behind short options, in flags that are written together, by the place of a word.

const masker = createMasker();
const SECRET = 'swordfish';

describe('a command line loses the secret', () => {
  test.each([
    'curl -sSu bob:swordfish https://x.example',
    'curl -kLu "bob:swordfish" https://x.example',
    'http -a bob:swordfish GET https://x.example',
    'zip -rP swordfish a.zip f',
    'rar a -hpswordfish a.rar f',
    'htpasswd -b /etc/nginx/.htpasswd bob swordfish',
    'htpasswd -nb bob swordfish',
    'htpasswd -bnBC 10 "" swordfish',
    'mosquitto_passwd -b file bob swordfish',
    'net use \\\\srv\\share swordfish /user:bob',
    'net use Z: \\\\srv\\share /user:corp\\bob swordfish',
    'net user bob swordfish /add',
    'mysqladmin -u root password swordfish',
    'nmcli dev wifi connect ssid password swordfish',
    'wpa_passphrase ssid swordfish',
    'bundle config gems.example.com bob:swordfish',
    'keytool -list -storepass swordfish -keystore k.jks',
    'keytool -importkeystore -srcstorepass swordfish -deststorepass swordfish',
    'ldappasswd -s swordfish -D cn=x',
    'snmpget -v3 -u bob -A swordfish -X swordfish h',
    'ipmitool -H h -U a -P swordfish chassis status',
    'nodetool -u a -pw swordfish status',
    'twine upload -u a -p swordfish dist/x',
    'rabbitmqadmin -u a -p swordfish list queues',
    'cqlsh -u a -p swordfish h',
    "usermod -p 'swordfish' bob",
    'xfreerdp /u:bob /p:swordfish /v:h',
    'cmdkey /add:h /user:bob /pass:swordfish',
    'schtasks /create /ru bob /rp swordfish /tn x',
    'lftp -u bob,swordfish h',
    'etcdctl --user root:swordfish get x',
    '["mysqldump","-ubob","-pswordfish"]',
    '{"command":["/usr/bin/sshpass","-p","swordfish","ssh","h"]}',
    '{"log":"{\\"args\\":[\\"mysql\\",\\"-pswordfish\\"]}"}',
    "{ syscall: 'spawn mysqldump', spawnargs: [ '-ubob', '-pswordfish' ] }",
    "['redis-cli', '-a', 'swordfish']",
    'kubectl create secret generic s --from-literal=foo=swordfish',
    'ConvertTo-SecureString "swordfish" -AsPlainText -Force',
    'echo swordfish | docker login -u bob --password-stdin',
    "echo 'root:swordfish' | chpasswd",
  ])('%s', (text) => {
    for (const masked of [masker.text(text), masker.text(`Command failed: ${text}`)]) {
      expect(masked).not.toContain(SECRET);
      expect(masker.text(masked)).toBe(masked);
    }
  });
});

describe('a command line without one stays', () => {
  test.each([
    'net use',
    'net user administrator',
    'net stop spooler',
    'the net use of energy /year',
    'zip -r a.zip dir',
    'zip -ru a.zip dir',
    'htpasswd -c file user',
    'mysqladmin -u root status',
    'kubectl create configmap c --from-literal=mode=fast',
    'kubectl get pods -n kube-system',
    'bundle config set jobs 4',
    '["psql","-p","5432"]',
    '{"command":["docker","run","-p","8080:80"],"tags":["curl","-project"]}',
    "spawnargs: [ 'ssh', '-p', '2222' ]",
    '["zip","code"]',
    'nmcli dev wifi list',
    'lftp -e ls h',
    'keytool -list -keystore k.jks',
    'curl -sS https://x.example',
    'echo $PASSWORD | docker login -u bob --password-stdin',
    'ConvertTo-SecureString $pw -AsPlainText -Force',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });
});
