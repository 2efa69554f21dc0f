import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { diagnose } from './src/diagnose.ts';
import { demandsOf } from './src/demand.ts';
for (const f of process.argv.slice(2)) {
  let t = f.endsWith('.gz') ? gunzipSync(readFileSync(f)).toString() : readFileSync(f, 'utf8');
  let d = JSON.parse(t);
  const run = d.run?.steps ? d.run : d;
  const v: any = diagnose(run);
  console.log(
    f,
    run.profile.name,
    v.kind,
    v.tier,
    v.resource,
    v.load,
    v.codes,
    v.confidence,
    JSON.stringify(v.with?.map((w: any) => w.tier + w.resource)),
  );
  if (v.checks) for (const c of v.checks) console.log('   ', c.code, c.measured, c.allowed);
  if (v.ruledOut) for (const r of v.ruledOut) console.log('   out', r.tier, r.resource, r.reason);
  for (const dm of demandsOf(run)) console.log('   λ*', dm.resource.id, dm.saturation.toFixed(1), dm.perArrival.toFixed(5));
  for (const s of run.steps) {
    console.log(
      '  step',
      s.index,
      s.kind,
      s.offered,
      'done',
      (s.load.completed / ((s.endMs - s.startMs) / 1000)).toFixed(1),
      'fail',
      s.load.failed,
      s.load.requests,
      s.use
        .map(
          (u: any) =>
            `${u.resource}:${u.busy.toFixed(2)}${u.throttledShare !== undefined ? 't' + u.throttledShare.toFixed(2) : ''}${u.waiting !== undefined ? 'w' + u.waiting.toFixed(1) : ''}${u.holdMs !== undefined ? 'h' + u.holdMs.toFixed(1) : ''}${u.gcShare !== undefined ? 'gc' + u.gcShare.toFixed(2) + 'f' + u.memoryFailures : ''}${u.bytesPerS !== undefined ? 'B' + ((u.bytesPerS / 1024) | 0) : ''}`,
        )
        .join(' '),
    );
  }
}
