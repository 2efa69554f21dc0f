import type { Span } from '@loadstair/runs';
import { childrenOf } from '@loadstair/runs/span-tree';

/** A stretch of time, epoch ms. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Clocks of hosts on one machine are one clock; what is written of it is rounded. */
const ROUNDING_MS = 0.5;

/**
 * Stretches of each span on the critical path of a request: had one been shorter, the request would have ended sooner. Going back from
 * its end, the span that ended last before a moment is the one that was waited for (Jaeger's rule,
 * github.com/jaegertracing/jaeger-ui, packages/jaeger-ui/src/components/TracePage/CriticalPath).
 *
 * @returns by id of the span
 */
export function criticalPath(spans: readonly Span[], root: Span): ReadonlyMap<string, readonly Stretch[]> {
  const children = childrenOf(spans);
  const path = new Map<string, Stretch[]>();
  const add = (span: Span, fromMs: number, toMs: number): void => {
    if (toMs <= fromMs) return;
    const own = path.get(span.span);
    if (own === undefined) path.set(span.span, [{ fromMs, toMs }]);
    else own.unshift({ fromMs, toMs });
  };
  const waiting: { readonly span: Span; readonly toMs: number }[] = [{ span: root, toMs: root.endMs }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { span } = next;
    let untilMs = Math.min(span.endMs, next.toMs);
    for (const child of (children.get(span.span) ?? []).toSorted((a, b) => b.endMs - a.endMs)) {
      if (child.endMs > untilMs + ROUNDING_MS || child.startMs >= untilMs) continue;
      const endMs = Math.min(child.endMs, untilMs);
      add(span, endMs, untilMs);
      waiting.push({ span: child, toMs: endMs });
      untilMs = Math.max(span.startMs, child.startMs);
    }
    add(span, span.startMs, untilMs);
  }
  return path;
}
