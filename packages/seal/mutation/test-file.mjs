/** What a test may take, in milliseconds. */
const patience = 20_000;

/** The tests of one file with their hooks, as its calls of describe() and test() declare them. */
export class TestFile {
  tests = [];
  #names = [];
  #hooks = [];

  get globals() {
    const hook = (kind) => (body) => void this.#hooks.push({ kind, body });
    return {
      describe: withEach((name, body) => this.#describe(name, body)),
      test: withEach((name, body) =>
        this.tests.push({ name: [...this.#names, name].join(' '), hooks: [...this.#hooks], body }),
      ),
      beforeEach: hook('before'),
      afterEach: hook('after'),
    };
  }

  #describe(name, body) {
    const hooks = this.#hooks;
    this.#hooks = [...hooks];
    this.#names.push(name);
    body();
    this.#names.pop();
    this.#hooks = hooks;
  }
}

/** A row has its number for a name, and not its values: those can be random, and then no process would know the test of another. */
function withEach(declare) {
  const each = (rows) => (name, body) => {
    for (const [at, row] of rows.entries()) {
      const values = Array.isArray(row) ? row : [row];
      declare(`${name} (${at})`, () => body(...values));
    }
  };
  return Object.assign(declare, { each });
}

/** Runs a test with its hooks. Rejects when it fails or takes too long. */
export async function runTest({ hooks, body }) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('a test took too long')), patience);
  });
  const run = async (kind) => {
    for (const hook of hooks) if (hook.kind === kind) await hook.body();
  };
  try {
    await Promise.race([run('before').then(body), late]);
  } finally {
    clearTimeout(timer);
    await run('after');
  }
}
