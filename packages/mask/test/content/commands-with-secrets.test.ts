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

describe('a tool of mail, networks, databases, packages or clouds is given a secret', () => {
  test.each([
    'docker login -u bob -pswordfish reg.example',
    'podman login -u bob -pswordfish quay.io',
    'helm registry login r -u bob -pswordfish',
    'isql -Usa -Pswordfish',
    'bcp t out f -U sa -Pswordfish -S h',
    'ldapadd -x -D cn=a -wswordfish',
    'mycli -u r -pswordfish',
    'mycli -u r -p swordfish',
    'mysqlcheck -u root -pswordfish --all-databases',
    'gh secret set DEPLOY -bswordfish',
    'security unlock-keychain -p swordfish login.keychain',
    'security add-generic-password -a a -s s -w swordfish',
    'xcrun altool --upload-app -u dev -p swordfish',
    'networksetup -setairportnetwork en0 home swordfish',
    'dscl . -passwd /Users/bob swordfish',
    'swaks -au u -ap swordfish --server h',
    'sendemail -xu u -xp swordfish',
    'doveadm auth test bob swordfish',
    'yt-dlp -u a -p swordfish https://v.example/1',
    'vsce publish -p swordfish',
    'choco apikey -k swordfish -s https://push.example',
    'uv publish -u u -p swordfish',
    'dotnet nuget push a.nupkg -k swordfish -s x',
    'bw list items --session swordfish',
    'winrs -r:h -u:u -p:swordfish dir',
    'sqlpackage /a:Publish /tp:swordfish',
    'sqlpackage /a:Publish /SP:swordfish',
    'openfortivpn h -u a -p swordfish',
    'zkCli.sh -server h:2181 addauth digest u:swordfish',
    'ansible-vault encrypt_string --vault-id dev@f swordfish --name db_password',
    'az container create -g r --secure-environment-variables A=swordfish B=swordfish',
    'ctr images pull --user u:swordfish x',
    'qpdf --encrypt swordfish swordfish 256 -- a.pdf b.pdf',
    'radtest bob swordfish localhost 0 swordfish',
    'mkpasswd -m sha-512 swordfish9',
    'neo4j-admin set-initial-password swordfish',
    'curl --socks5 bob:swordfish@h https://x.example',
    'curl -x bob:swordfish@proxy.example:3128 https://x.example',
    'curl --proxy=bob:swordfish@proxy https://x.example',
    'curlftpfs bob:swordfish@h /mnt',
    'kubectl create secret generic mysql --from-literal=foo=swordfish',
    'kubectl get secret db; mysql -u root -pswordfish',
    'aws cloudformation create-stack --parameters ParameterKey=A,ParameterValue=1 ParameterKey=DBPassword,ParameterValue=swordfish',
    'sam deploy --parameter-overrides "ParameterKey=DbPass,ParameterValue=swordfish"',
    'echo -e "swordfish\\nswordfish" | passwd bob',
    'echo swordfish | sudo passwd bob',
    'echo swordfish | openconnect --passwd-on-stdin h',
    'printf swordfish | kubectl create secret generic x --from-file=password=/dev/stdin',
    'su - bob <<< swordfish',
    `curl -K - <<< 'user = "bob:swordfish"'`,
    `expect -c 'spawn ssh h; expect password:; send "swordfish\\r"'`,
  ])('%s', (text) => {
    const line = masker.attribute('process.command_line', text);
    expect(line).not.toContain(SECRET);
    expect(masker.attribute('process.command_line', line)).toBe(line);
    const message = masker.attribute('exception.message', `Command failed: ${text}`);
    expect(message).not.toContain(SECRET);
    expect(masker.attribute('exception.message', message)).toBe(message);
  });
});

describe('a tool that is given none is left alone', () => {
  test.each([
    'gcloud secrets versions access latest --secret=db-main',
    'docker service create --secret db nginx',
    'docker build --secret id=npmrc,src=.npmrc .',
    'docker run -p8080:80 nginx',
    'curl -b cookies.txt https://x.example',
    'curl -x proxy.example:3128 https://x.example',
    'curl --socks5 localhost:1080 https://x.example',
    'java -Dsort.key=price -Dkey=theme -jar a.jar',
    'echo hello | grep passwd',
    'kubectl create configmap c --from-file=a=/dev/stdin',
    'aws ec2 create-tags --tags Key=Owner,Value=bob',
    'sam deploy --parameter-overrides ParameterKey=InstanceType,ParameterValue=t3.micro',
    'sshfs bob@h:/srv /mnt',
    'security find-generic-password -s svc -w',
    'swaks --server smtp -p 587',
    'yt-dlp --playlist-items 3 https://v.example/1',
    'wandb login --relogin',
    'mkpasswd -m sha-512 --stdin',
    'ansible-vault encrypt_string --stdin-name db',
    'qpdf --encrypt --bits=256 -- in.pdf out.pdf',
    'sqlpackage /a:Publish /sf:a.dacpac',
    'winrs -r:h -u:u dir',
  ])('%s', (text) => {
    expect(masker.attribute('process.command_line', text)).toBe(text);
    expect(masker.attribute('exception.message', text)).toBe(text);
  });

  test.each([
    'the security team met at the sshfs mount',
    'radtest was run and mkpasswd is missing',
    'run swaks or sendemail to see whether mail arrives',
  ])('nor is a sentence: %s', (text) => {
    expect(masker.attribute('exception.message', text)).toBe(text);
    expect(masker.text(text)).toBe(text);
  });
});

describe('what is given to an option that is only called a key', () => {
  test.each([
    '7d2fd994-0ccb-481a-9549-733be0c86670',
    '8LybO3ubS24iKq2DQv2F',
    '2aa082a457dfb2cdc9f036014d458f4f',
  ])('goes when it says nothing: %s', (key) => {
    expect(masker.attribute('process.command_line', `tool --key ${key} --force`)).toBe(
      'tool --key **** --force',
    );
    expect(masker.attribute('process.command_line', `tool --key=${key}`)).toBe('tool --key=****');
    expect(masker.text(`+ cypress run --record --key ${key}`)).not.toContain(key);
  });

  test.each([
    'tool --key theme',
    'tool --key=theme',
    'tool --key user:42',
    'aws s3api get-object --bucket b --key 7d2fd994-0ccb-481a-9549-733be0c86670 out',
  ])('stays when it says something: %s', (text) => {
    expect(masker.attribute('process.command_line', text)).toBe(text);
  });
});

describe('what tells of a program or a command in a list loses the secret', () => {
  test.each([
    "Error: spawn mysql ENOENT {\n  path: 'mysql',\n  spawnargs: [ '-u', 'root', '-pswordfish', 'shop' ]\n}",
    "Error: spawn sshpass ENOENT {\n  path: 'sshpass',\n  spawnargs: [ '-p', 'swordfish', 'ssh', 'h' ]\n}",
    '{"syscall":"spawn sshpass","path":"sshpass","spawnargs":["-p","swordfish","ssh","h"]}',
    '["qpdf","--encrypt","swordfish","swordfish","256","--","a","b"]',
    "command: { name: 'hello', args: [ '3', 'AUTH', 'default', 'swordfish', 'SETNAME', 'x' ] }",
    "command: { name: 'config', args: [ 'set', 'requirepass', 'swordfish' ] }",
    "command: { name: 'hset', args: [ 'u:1', 'password', 'swordfish' ] }",
    "command: { name: 'set', args: [ 'user:1:password', 'swordfish' ] }",
    '{"command":{"name":"hello","args":["3","AUTH","default","swordfish"]}}',
    '{"command":"mysql","args":["-uroot","-pswordfish"]}',
    '{"msg":"x","command":"/usr/bin/redis-cli","options":{"shell":false},"args":["-h","h","-a","swordfish"]}',
    '{"cmd":"sshpass","args":["-p","swordfish","ssh","h"]}',
    '{"command":["curl"],"args":["-u","bob:swordfish","https://x.example"]}',
    "{ file: 'docker', args: [ 'login', '-u', 'bob', '-p', 'swordfish' ] }",
    '{"process.executable.name":"redis-cli","process.command_args":["-a","swordfish"]}',
    `ReplyError: ERR wrong number of arguments for 'auth' command, args: ["u","swordfish","x"]`,
    "#0 a.php(3): login('bob', 'swordfish9x')",
    "write command[10.0.0.1:6379]: 0 -> auth([ 'swordfish' ])",
    "write command[10.0.0.1:6379]: 0 -> acl([ 'setuser', 'bob', 'on', '>swordfish' ])",
  ])('%s', (text) => {
    const masked = masker.attribute('exception.stacktrace', text);
    expect(masked).not.toContain(SECRET);
    expect(masker.attribute('exception.stacktrace', masked)).toBe(masked);
  });

  test.each([
    "path: 'ssh', spawnargs: [ '-p', '2222', 'h' ]",
    "{ file: 'docker', args: [ 'run', '-u', 'bob', '-p', '8080:80' ] }",
    '{"tasks":[{"command":"mysql"},{"command":"ssh","args":["-p","2222:22"]},{"args":["-a","everything"]}]}',
    '{"path":"/redis-cli.md","args":{"-a":"everything"}}',
    "command: { name: 'hmget', args: [ 'u:1', 'password', 'email' ] }",
    "command: { name: 'set', args: [ 'theme', 'dark' ] }",
    "command: { name: 'config', args: [ 'get', 'requirepass' ] }",
    "0 -> hello([ '3' ])",
  ])('but %s stays', (text) => {
    expect(masker.attribute('exception.stacktrace', text)).toBe(text);
  });
});

test('an attribute names the program whose arguments another one holds', () => {
  const args = ['-h', 'h', '-a', 'swordfish'];
  for (const key of ['process.executable.name', 'process.executable.path']) {
    const span = { 'process.command_args': args, [key]: '/usr/bin/redis-cli' };
    const masked = masker.attributes(span);
    expect(masked['process.command_args']).toEqual(['-h', 'h', '-a', '****']);
    expect(masker.attributes(masked)).toBe(masked);
  }
  const other = { 'process.command_args': args, 'process.executable.name': 'tail' };
  expect(masker.attributes(other)).toBe(other);
});
