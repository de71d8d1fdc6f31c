import { readFileSync } from 'node:fs'; import { copySpan, readCapturedSpans } from '../dist/captured-spans.js';
import { createMasker } from '@spanseal/mask';
const {MaskingSpanProcessor}=await import('/work/main/packages/span-processor/dist/esm/index.js');
const orig=readCapturedSpans(readFileSync('/work/main/packages/bench/vectors/collector-lean.json','utf8'));
const m=createMasker(); let last; const p=new MaskingSpanProcessor({onStart(){},onEnd(s){last=s},forceFlush:async()=>{},shutdown:async()=>{}});
function time(name,f){ let best=1e9; const all=[]; for(let r=0;r<300;r++){const c=orig.map(copySpan); const t=process.hrtime.bigint(); for(const s of c)f(s); const d=Number(process.hrtime.bigint()-t)/orig.length; all.push(d); if(d<best)best=d;} all.sort((a,b)=>a-b); console.log(name,best.toFixed(0),all[150].toFixed(0)); }
for(let i=0;i<2;i++){
time('processor',s=>p.onEnd(s));
time('attributes',s=>m.attributes(s.attributes,'span.attributes'));
time('spread+attributes',s=>m.attributes({...s.attributes},'span.attributes'));
time('sensitiveService',s=>m.sensitiveService(s.attributes));
time('url only',s=>m.attributes({u:1,'url.full':s.attributes['url.full']}));
}
const urls=new Map(); for(const s of orig){const u=s.attributes['url.full']; if(m.attribute('url.full',u)!==u) console.log(u); break;} console.log(orig.filter(s=>m.attributes(s.attributes)!==s.attributes).length, orig.length, orig.filter(s=>s.events.length).length, orig.filter(s=>s.status.message).length);
console.log(orig.slice(0,400).filter(s=>m.attributes(s.attributes)!==s.attributes).slice(0,3).map(s=>JSON.stringify(m.attributes(s.attributes))));
const isDirty=s=>m.attributes(s.attributes)!==s.attributes;
const all=[...orig]; const clean=all.filter(s=>!isDirty(s)), dirty=all.filter(isDirty);
function t2(name,set,f){let best=1e9; for(let r=0;r<400;r++){const t=process.hrtime.bigint(); for(const s of set)f(s); const d=Number(process.hrtime.bigint()-t)/set.length; if(d<best)best=d;} console.log(name,set.length,best.toFixed(0));}
const u=s=>m.attributes({u:1,'url.full':s.attributes['url.full']});
t2('clean url',clean,u); t2('dirty url',dirty,u); t2('ref',dirty.filter(s=>/ref=/.test(s.attributes['url.full'])),u); t2('email',dirty.filter(s=>/email=/.test(s.attributes['url.full'])),u);
for (const s of [...new Set(dirty.map(s=>s.attributes['url.full']))].slice(0,3)) console.log(s);
console.log(new Set(dirty.map(s=>s.attributes['url.full'].replace(/.*north/,'').slice(0,6))));
