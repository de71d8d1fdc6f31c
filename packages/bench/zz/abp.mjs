import { generateSpans } from '../dist/span-shape.js';
import { finishedSpans } from '../dist/finished-spans.js';
import { loadLine } from '@spanseal/test-kit';
const shape = process.argv[2] ?? 'lean';
let pool = generateSpans(shape, 2048);
const spans = finishedSpans(loadLine('2.12'), pool);
const impl=[];
for (const root of ['/work/h/base','/work/main']) { const {MaskingSpanProcessor}=await import(root+'/packages/span-processor/dist/esm/index.js'); let last; const p=new MaskingSpanProcessor({onStart(){},onEnd(s){last=s},forceFlush:async()=>{},shutdown:async()=>{}}); impl.push(p); }
const t=[[],[]];
for(let r=0;r<Number(process.argv[3]??60);r++) for(const i of r&1?[1,0]:[0,1]){ const m=impl[i]; const s=process.hrtime.bigint(); for(const p of spans)m.onEnd(p); t[i].push(Number(process.hrtime.bigint()-s)/pool.length); }
const med=x=>[...x].sort((p,q)=>p-q)[x.length>>1]|0, mn=x=>Math.min(...x)|0;
const rat=t[0].map((x,i)=>x/t[1][i]).sort((p,q)=>p-q);
console.log(shape,'base med',med(t[0]),'min',mn(t[0]),'| new med',med(t[1]),'min',mn(t[1]),'| ratio', rat[rat.length>>1].toFixed(2));
if(process.argv[4]){ const {Session}=await import('node:inspector'); const s=new Session(); s.connect(); const post=(a,b)=>new Promise((r,j)=>s.post(a,b,(e,v)=>e?j(e):r(v)));
await post('Profiler.enable'); await post('Profiler.setSamplingInterval',{interval:100}); await post('Profiler.start');
const end=Date.now()+3000; let n=0; while(Date.now()<end){for(const p of spans)impl[1].onEnd(p);n+=spans.length}
const {profile}=await post('Profiler.stop'); const self=new Map(); let total=0; const byId=new Map(profile.nodes.map(n=>[n.id,n]));
profile.samples.forEach((id,i)=>{const f=byId.get(id).callFrame; const k=f.functionName+' '+f.url.split('/').slice(-2).join('/')+':'+f.lineNumber; self.set(k,(self.get(k)??0)+profile.timeDeltas[i]); total+=profile.timeDeltas[i];});
for(const [k,v] of [...self].sort((a,b)=>b[1]-a[1]).slice(0,30)) console.log((v/total*100).toFixed(1).padStart(5),(v/total*3e9/n).toFixed(0).padStart(6),k);}
