// The app runs as CommonJS, whatever format the caller is: OpenTelemetry patches modules as they are required.
exports.appPath = require('node:path').join(__dirname, 'dist', 'cjs', 'app', 'main.js');
