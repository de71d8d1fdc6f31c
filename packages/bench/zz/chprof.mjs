import { readFileSync } from 'node:fs'; import { readCapturedSpans } from '../dist/captured-spans.js';
import { createMasker } from '@spanseal/mask';
import { Session } from 'node:inspector';
const {MaskingSpanProcessor}=await import('/work/main/packages/span-processor/dist/esm/index.js');
let last; const p=new MaskingSpanProcessor({onStart(){},onEnd(s){last=s},forceFlush:async()=>{},shutdown:async()=>{}});
const m=createMasker(); 
const orig=readCapturedSpans(readFileSync('/work/main/packages/bench/vectors/collector-heavy.json','utf8'));
const run=()=>{for(const b of orig)p.onEnd(b)};
for(let i=0;i<100;i++)run();
const s=new Session(); s.connect(); const post=(a,b)=>new Promise((r,j)=>s.post(a,b,(e,v)=>e?j(e):r(v)));
await post('Profiler.enable'); await post('Profiler.setSamplingInterval',{interval:100}); await post('Profiler.start');
const end=Date.now()+3000; let n=0; while(Date.now()<end){run();n+=orig.length}
const {profile}=await post('Profiler.stop'); const self=new Map(), incl=new Map(); let total=0; const byId=new Map(profile.nodes.map(n=>[n.id,n])); const parent=new Map(); for(const n of profile.nodes) for(const c of n.children??[]) parent.set(c,n.id);
const name=n=>{const f=n.callFrame; return f.functionName+':'+f.lineNumber};
profile.samples.forEach((id,i)=>{const dt=profile.timeDeltas[i]; total+=dt; const k=name(byId.get(id)); self.set(k,(self.get(k)??0)+dt); const seen=new Set(); for(let x=id;x!==undefined;x=parent.get(x)){const k=name(byId.get(x)); if(!seen.has(k)){seen.add(k); incl.set(k,(incl.get(k)??0)+dt);}}});
console.log('ns/bag',3e9/n|0);
for(const [k,v] of [...incl].sort((a,b)=>b[1]-a[1]).slice(0,300)) console.log((v/total*3e9/n).toFixed(0).padStart(6),((self.get(k)??0)/total*3e9/n).toFixed(0).padStart(6),k);
