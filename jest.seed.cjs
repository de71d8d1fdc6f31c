const fc = require('fast-check');

// The same each time, so that nobody is stopped by what others changed: set SPANSEAL_FUZZ_SEED to look further.
fc.configureGlobal({ seed: Number(process.env.SPANSEAL_FUZZ_SEED ?? 20_261_130) });
