import type { ComponentKind } from '@loadstair/topology';
import type { Component } from './component.ts';
import { haproxy } from './haproxy/haproxy.ts';
import { postgres } from './postgres/postgres.ts';
import { redis } from './redis/redis.ts';
import { site } from './site/site.ts';
import { varnish } from './varnish/varnish.ts';

const components: Readonly<Record<ComponentKind, Component>> = { site, postgres, haproxy, redis, varnish };

export function componentOf(kind: ComponentKind): Component {
  return components[kind];
}
