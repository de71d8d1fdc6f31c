import { preset } from '../../jest.preset.mjs';

export default { ...preset('browser'), testTimeout: 300_000 };
