import { createMasker } from '@spanseal/mask';
import { generateSpans } from '../dist/span-shape.js';
const shape = process.argv[2] ?? 'lean';
const pool = generateSpans(shape, 2048);
const keys = Object.keys(pool[0]);
const m = createMasker();
for (let r=0;r<6;r++) for (const p of pool) m.attributes(p);
function time(f,n=8){ let best=1e9; for(let r=0;r<n;r++){const t=process.hrtime.bigint(); f(); const d=Number(process.hrtime.bigint()-t); if(d<best)best=d;} return best; }
console.log('all', (time(()=>{for(const p of pool)m.attributes(p)},20)/2048).toFixed(0),'ns');
for(const k of keys){ const bags=pool.map(p=>({[k]:p[k]})); const f=()=>{for(const b of bags)m.attributes(b)}; f();f(); console.log(k.padEnd(28), String(pool[0][k]).length, (time(f,10)/2048).toFixed(0)); }
