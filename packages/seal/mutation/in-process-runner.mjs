// Runs the tests of this package for StrykerJS in one process. Stryker's runner for jest goes through all test files for each
// fault, which takes five seconds and more; there are three thousand faults. The tests are the same, and `expect` is jest's.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { jestExpect } from '@jest/expect';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { transformSync } from '@swc/core';
import fc from 'fast-check';
import { runTest, TestFile } from './test-file.mjs';

const require = createRequire(import.meta.url);
const swc = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
/** Where the code under test finds which fault is planted, and says which it ran through. */
const namespace = '__stryker__';
/** Fewer than by default: most faults are found by the first, and what is missed only lowers the score. */
fc.configureGlobal({ numRuns: 20 });

class InProcessRunner {
  #files;
  /** Tests that found a fault, the latest first: the next fault is mostly near, and they find it as well. */
  #finders = [];
  #globals = {};
  #mocks = new Map();
  #compiled = new Map();

  constructor({ inProcess: { ignore } }) {
    this.#files = readdirSync('test')
      .filter((name) => name.endsWith('.test.ts') && !ignore.includes(basename(name, '.test.ts')))
      .map((name) => resolve('test', name));
    globalThis[namespace] ??= {};
    this.#compile();
    this.#resolve();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const tests = await this.#run(() => true, { bail: false });
    const { mutantCoverage } = globalThis[namespace];
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const stryker = globalThis[namespace];
    const hitCount = hitLimit ? 0 : undefined;
    Object.assign(stryker, { activeMutant: activeMutant.id, hitLimit, hitCount });
    const wanted = testFilter && new Set(testFilter.flatMap((id) => [id, id.split(' ', 1)[0]]));
    const tests = await this.#run((id) => wanted?.has(id) ?? true, { bail: !disableBail });
    stryker.activeMutant = undefined;
    const looped = determineHitLimitReached(stryker.hitCount, hitLimit);
    return toMutantRunResult(looped ?? { status: DryRunStatus.Complete, tests }, disableBail);
  }

  dispose() {}

  async #run(isWanted, { bail }) {
    const results = [];
    this.#forget();
    for (const file of this.#likelyFirst(
      this.#files.filter((name) => isWanted(basename(name))),
      basename,
    )) {
      const tests = this.#load(file).filter(({ id }) => isWanted(id));
      for (const test of this.#likelyFirst(tests, ({ id }) => id)) {
        const result = { ...(await this.#time(test)), id: test.id, name: test.id, fileName: file };
        results.push(result);
        if (!bail || result.status !== TestStatus.Failed) continue;
        this.#finders = [...new Set([basename(file), test.id, ...this.#finders])].slice(0, 100);
        return results;
      }
      if (this.#mocks.size > 0) this.#forget();
    }
    return results;
  }

  #likelyFirst(items, nameOf) {
    const rank = (item) =>
      this.#finders.includes(nameOf(item)) ? this.#finders.indexOf(nameOf(item)) : 1000;
    return [...items].sort((one, other) => rank(one) - rank(other));
  }

  async #time(test) {
    const started = Date.now();
    globalThis[namespace].currentTestId = test.id;
    try {
      await runTest(test);
      return { status: TestStatus.Success, timeSpentMs: Date.now() - started };
    } catch (error) {
      const failureMessage = `${error?.message || error}`;
      return { status: TestStatus.Failed, failureMessage, timeSpentMs: Date.now() - started };
    } finally {
      globalThis[namespace].currentTestId = undefined;
    }
  }

  /** Every run gets modules of its own: a fault must leave nothing behind. */
  #forget() {
    this.#mocks.clear();
    for (const name of Object.keys(require.cache)) if (isOurs(name)) delete require.cache[name];
  }

  #load(path) {
    const file = new TestFile();
    const pathOf = (name) => resolve('test', name.replace(/\.js$/, '.ts'));
    const jest = {
      mock: (name, factory) => {
        // What was loaded before holds the real one.
        this.#forget();
        this.#mocks.set(pathOf(name), factory);
      },
      requireActual: (name) => require(pathOf(name)),
    };
    this.#globals = { ...file.globals, expect: jestExpect, jest };
    try {
      require(path);
    } catch (error) {
      file.globals.test('loads', () => Promise.reject(error));
    }
    return file.tests.map((test, at) => ({ ...test, id: `${basename(path)} #${at} ${test.name}` }));
  }

  /** TypeScript, as jest.preset.mjs says. */
  #compile() {
    Module._extensions['.ts'] = (module, filename) => {
      const code =
        this.#compiled.get(filename) ??
        transformSync(readFileSync(filename, 'utf8'), { ...swc, filename }).code;
      this.#compiled.set(filename, code);
      module._compile(code, filename);
    };
  }

  #resolve() {
    const { _resolveFilename: resolveFilename, _load: load } = Module;
    Module._resolveFilename = (request, parent, ...rest) =>
      isOursIn(request, parent) && request.endsWith('.js')
        ? join(parent.filename, '..', request.replace(/\.js$/, '.ts'))
        : resolveFilename(request, parent, ...rest);
    Module._load = (request, parent, ...rest) => {
      if (request === '@jest/globals') return this.#globals;
      const mock = isOursIn(request, parent) && this.#mocks.get(Module._resolveFilename(request, parent));
      return mock ? mock() : load(request, parent, ...rest);
    };
  }
}

function isOurs(name) {
  return name.startsWith(resolve('src')) || name.startsWith(resolve('test'));
}

function isOursIn(request, parent) {
  return request.startsWith('.') && parent?.filename && isOurs(parent.filename);
}

const create = (options) => new InProcessRunner(options);
create.inject = ['options'];
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', create)];
export const strykerValidationSchema = { properties: { inProcess: { type: 'object' } } };
