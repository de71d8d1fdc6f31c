import { preset } from '../../jest.preset.mjs';

export default { ...preset('e2e-lambda'), testTimeout: 120_000 };
