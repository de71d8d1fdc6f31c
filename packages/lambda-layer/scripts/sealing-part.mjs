// The part of the self-contained layer that seals: what the preload loads under this name, and the layer's own exporter.
export { openSealing } from '../../node/dist/esm/sealing.js';
export { openExporter } from '../src/open-exporter.ts';
