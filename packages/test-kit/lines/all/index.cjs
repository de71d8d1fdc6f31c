// The one place that resolves the lines: a CommonJS file is the same for the ESM and the CommonJS build that import it.
exports.requireLine = (name) => require(`@spanseal/line-${name}`);
