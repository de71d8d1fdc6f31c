import { fuzzHalf } from '../fuzz-half.js';

fuzzHalf(1);
