const [,,root,preset]=process.argv; const {createMasker}=await import(root+'/packages/mask/dist/esm/index.js'); const m=createMasker({extends:[preset]});
const units=['curl -u ','u=http%3A%2F%2Fx%3F','Authorization: ','/reset/','["a",'];
let n=0; for(const u of units){const ts=[]; for(let i=0;i<60;i++){ n++; const a={[u.repeat(60000/u.length|0)+n]:'value'}; const t=performance.now(); m.attributes(a); ts.push(performance.now()-t);} ts.sort((a,b)=>a-b); console.log(u,ts[30].toFixed(2), ts[3].toFixed(2));}
