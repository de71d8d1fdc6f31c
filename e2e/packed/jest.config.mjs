import { preset } from '../../jest.preset.mjs';

export default { ...preset('e2e'), testTimeout: 600_000 };
