import { PerformanceObserver, performance } from 'node:perf_hooks';

/** What this process did since its start. */
export interface ProcessWatch {
  readonly loop: () => { readonly activeSeconds: number; readonly idleSeconds: number };
  /** Seconds the main thread stood still for garbage collection. */
  readonly gcSeconds: () => number;
  stop(): void;
}

/** Event-loop time by the difference of two readings (no timer), garbage collection by its own entries. */
export function watchProcess(): ProcessWatch {
  let gcMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcMs += entry.duration;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    loop() {
      const { active, idle } = performance.eventLoopUtilization();
      return { activeSeconds: active / 1000, idleSeconds: idle / 1000 };
    },
    gcSeconds: () => gcMs / 1000,
    stop: () => observer.disconnect(),
  };
}
