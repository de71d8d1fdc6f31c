import { fileURLToPath } from 'node:url';

// What every package's tests share: TypeScript through swc, `./x.js` imports found as `./x.ts`, one seed for what is random.
export const preset = (displayName) => ({
  displayName,
  testEnvironment: 'node',
  setupFiles: [fileURLToPath(new URL('jest.seed.cjs', import.meta.url))],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
});
