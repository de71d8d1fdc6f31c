import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { CORE_SCHEMA, defineScalarTag, load } from 'js-yaml';
import { installPackages, nodes, run } from '../clean-folder.js';
import { exampleFolder } from '../example-folder.js';

const newest = nodes.at(-1) ?? process.execPath;

interface Template {
  readonly Globals?: { readonly Function: Properties };
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Properties }>;
}

interface Properties {
  readonly Runtime?: string;
  readonly Timeout?: number;
  readonly Handler?: string;
  readonly Layers?: readonly { readonly Ref: string }[];
  readonly Environment?: { readonly Variables: Record<string, unknown> };
}

/** The CDK puts a hash behind the names of what it makes, and `::` at the end of a reference that names no version. */
const plain = (name: string) => name.replace(/(?<=Layer|Orders)[0-9A-F]{8}$/, '');
const unversioned = (value: unknown) => (typeof value === 'string' ? value.replace('::}}', '}}') : value);

/** What the functions of a template are, by their names. */
function functionsOf({ Globals, Resources }: Template) {
  const isFunction = ({ Type }: { Type: string }) => /^AWS::(Serverless|Lambda)::Function$/.test(Type);
  const functions = Object.entries(Resources).filter(([, resource]) => isFunction(resource));
  return Object.fromEntries(
    functions.map(([name, { Properties: own }]) => {
      const { Runtime, Timeout, Handler, Layers = [] } = { ...Globals?.Function, ...own };
      const variables = { ...Globals?.Function.Environment?.Variables, ...own.Environment?.Variables };
      return [
        plain(name),
        {
          Runtime,
          Timeout,
          Handler,
          layers: Layers.map(({ Ref }) => plain(Ref)),
          variables: Object.fromEntries(
            Object.entries(variables).map(([each, value]) => [each, unversioned(value)]),
          ),
        },
      ];
    }),
  );
}

describe('the templates of the Lambda example', () => {
  let folder: string;
  let sam: Template;
  beforeAll(() => {
    folder = exampleFolder('lambda');
    const ref = defineScalarTag('!Ref', { resolve: (name) => ({ Ref: name }), identify: () => false });
    const schema = CORE_SCHEMA.withTags(ref);
    sam = load(readFileSync(join(folder, 'template.yaml'), 'utf8'), { schema }) as Template;
  });

  test('name the layers as they are built, and start both functions by the wrapper', () => {
    const zips = Object.values(sam.Resources).map(({ Properties }) => JSON.stringify(Properties));
    for (const layer of ['companion', 'sealing', 'self-contained'])
      expect(zips.filter((text) => text.includes(`dist/spanseal-${layer}-layer.zip`))).toHaveLength(1);
    const variables = {
      AWS_LAMBDA_EXEC_WRAPPER: '/opt/spanseal-handler',
      SPANSEAL_SIGNING_KEY: '{{resolve:secretsmanager:spanseal:SecretString:SPANSEAL_SIGNING_KEY}}',
    };
    expect(functionsOf(sam)).toMatchObject({
      TracedOrders: { layers: ['OpenTelemetryLayer', 'CompanionLayer', 'SealingLayer'], variables },
      Orders: { layers: ['SelfContainedLayer'], variables },
    });
  });

  test('name a handler that is there', () => {
    const script = "console.log(typeof require('./function/handler.cjs').handler)";
    expect(run(newest, ['-e', script], { cwd: folder }).stdout).toBe('function\n');
    for (const { Handler } of Object.values(functionsOf(sam))) expect(Handler).toBe('handler.handler');
  });

  test('say the same by SAM and by the CDK', () => {
    installPackages(folder, [], ['aws-cdk-lib@2.276.0', 'constructs@10.6.0']);
    // As in the repository; what is in a layer does not matter to the CDK.
    const app = join(folder, 'cdk/examples/lambda');
    const layers = join(folder, 'cdk/packages/lambda-layer/dist');
    for (const each of [app, layers]) mkdirSync(each, { recursive: true });
    for (const each of ['stack.mjs', 'function'])
      cpSync(join(folder, each), join(app, each), { recursive: true });
    for (const each of ['companion', 'sealing', 'self-contained'])
      writeFileSync(join(layers, `spanseal-${each}-layer.zip`), each);
    const { code, stderr } = run(newest, ['stack.mjs'], { cwd: app, env: { CDK_OUTDIR: join(app, 'out') } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const cdk: Template = JSON.parse(readFileSync(join(app, 'out/Orders.template.json'), 'utf8'));
    expect(functionsOf(cdk)).toEqual(functionsOf(sam));
  });
});
