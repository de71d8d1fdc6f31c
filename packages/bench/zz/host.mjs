import { createMasker } from '@spanseal/mask';
import { Session } from 'node:inspector';
const [,,preset,key,start,unit]=process.argv; const m=createMasker({extends:[preset]});
const text=Buffer.from(start+unit.replaceAll('\\n','\n').repeat(Math.ceil(1e6/unit.length))).toString().slice(0,1e6);
const f=()=>m.attribute(key,text);
for(let i=0;i<10;i++)f();
const ts=[];for(let i=0;i<15;i++){const t=performance.now();f();ts.push(performance.now()-t)} ts.sort((a,b)=>a-b); console.log('ms',ts[7].toFixed(1), 'out', f().length, JSON.stringify(m.counters().limits));
const s=new Session(); s.connect(); const post=(a,b)=>new Promise((r,j)=>s.post(a,b,(e,v)=>e?j(e):r(v)));
await post('Profiler.enable'); await post('Profiler.setSamplingInterval',{interval:200}); await post('Profiler.start');
const end=Date.now()+2000; let n=0; while(Date.now()<end){f();n++}
const {profile}=await post('Profiler.stop'); const self=new Map(), incl=new Map(); let total=0; const byId=new Map(profile.nodes.map(n=>[n.id,n])); const parent=new Map(); for(const n of profile.nodes) for(const c of n.children??[]) parent.set(c,n.id);
const name=n=>{const f=n.callFrame; return f.functionName+':'+f.lineNumber};
profile.samples.forEach((id,i)=>{const dt=profile.timeDeltas[i]; total+=dt; const k=name(byId.get(id)); self.set(k,(self.get(k)??0)+dt); const seen=new Set(); for(let x=id;x!==undefined;x=parent.get(x)){const k=name(byId.get(x)); if(!seen.has(k)){seen.add(k); incl.set(k,(incl.get(k)??0)+dt);}}});
const cal=new Map(); profile.samples.forEach((id,i)=>{const dt=profile.timeDeltas[i]; const k=name(byId.get(id))+' <- '+name(byId.get(parent.get(id))??byId.get(id)); cal.set(k,(cal.get(k)??0)+dt)}); if(process.env.CAL) for(const [k,v] of [...cal].sort((a,b)=>b[1]-a[1]).slice(0,12)) console.log((v/total*100).toFixed(1),k);
for(const [k,v] of [...incl].sort((a,b)=>b[1]-a[1]).slice(0,40)) console.log((v/total*100).toFixed(1).padStart(6),((self.get(k)??0)/total*100).toFixed(1).padStart(6),k);
