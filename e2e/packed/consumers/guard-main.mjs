import './guard-setup.mjs';
import './guard-spans.mjs';
