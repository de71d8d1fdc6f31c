import { generateSpans } from '../dist/span-shape.js';
import { finishedSpans } from '../dist/finished-spans.js';
const a = await import('/work/h/base/packages/mask/dist/esm/index.js'); const b = await import('../../mask/dist/esm/index.js');
const shape = process.argv[2] ?? 'lean', key=process.argv[3]??'*';
let pool = generateSpans(shape, 2048); if(key!=='*') pool=pool.map(p=>Object.fromEntries(key.split(',').map(k=>[k,p[k]])));
if(process.env.CLEAN) pool=pool.filter(p=>!p['url.query'].includes('session_key')); if(process.env.DIRTY) pool=pool.filter(p=>p['url.query'].includes('session_key'));
const ms=[a.createMasker(), b.createMasker()];
const t=[[],[]];
for(let r=0;r<Number(process.argv[4]??60);r++) for(const i of r&1?[1,0]:[0,1]){ const m=ms[i]; const s=process.hrtime.bigint(); for(const p of pool)m.attributes(p); t[i].push(Number(process.hrtime.bigint()-s)/pool.length); }
const med=x=>[...x].sort((p,q)=>p-q)[x.length>>1]|0, mn=x=>Math.min(...x)|0;
const rat=t[0].map((x,i)=>x/t[1][i]).sort((p,q)=>p-q);
console.log(shape,key,'base med',med(t[0]),'min',mn(t[0]),'| new med',med(t[1]),'min',mn(t[1]),'| ratio', rat[rat.length>>1].toFixed(2));
