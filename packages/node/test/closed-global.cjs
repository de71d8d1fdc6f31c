// What the SDK's own packages put on the global object is put there before.
require(process.env.LINE);
Object.preventExtensions(globalThis);
