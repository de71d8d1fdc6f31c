// For bundles that hold our packages: takes their sources, file by file, and not what was built of them. What is one file already
// can no longer be told apart into what is used and what is not.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const scope = '@spanseal/';

export const ownSources = {
  name: 'own-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@spanseal\// }, ({ path }) => {
      const [name, ...entry] = path.slice(scope.length).split('/');
      const { exports } = JSON.parse(readFileSync(`${packages}${name}/package.json`, 'utf8'));
      const built = exports[['.', ...entry].join('/')].import.default;
      const source = built.replace('./dist/esm/', 'src/').replace(/\.js$/, '.ts');
      return { path: `${packages}${name}/${source}`, sideEffects: false };
    });
  },
};
