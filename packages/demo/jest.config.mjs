import { preset } from '../../jest.preset.mjs';

const shared = preset('demo');

export default {
  ...shared,
  // From src/ the file is one folder nearer than from the builds that the import is written for.
  moduleNameMapper: {
    '^\\.\\./\\.\\./app-path\\.cjs$': '<rootDir>/app-path.cjs',
    ...shared.moduleNameMapper,
  },
};
