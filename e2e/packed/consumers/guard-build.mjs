// Builds the app in the forms that apps are in.
import { cpSync } from 'node:fs';
import { build } from 'esbuild';

const line = process.argv[2];
cpSync(`guard-sdk-${line}.mjs`, 'guard-sdk.mjs');
const forms = {
  plain: { packages: 'external' },
  bundled: {},
  minified: { minify: true },
  mangled: { minify: true, mangleProps: /^_/, mangleQuoted: true },
};
for (const [form, options] of Object.entries(forms)) {
  for (const [format, extension] of Object.entries({ cjs: '.cjs', esm: '.mjs' })) {
    await build({
      entryPoints: ['guard-main.mjs', 'guard-setup.mjs', 'guard-spans.mjs'],
      outdir: `forms/${form}`,
      outExtension: { '.js': extension },
      bundle: true,
      platform: 'node',
      format,
      // CommonJS packages inside of an ES module ask for the parts of Node.js so.
      banner:
        format === 'esm'
          ? { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" }
          : {},
      logLevel: 'error',
      ...options,
    });
  }
}
