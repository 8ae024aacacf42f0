import type { Rival } from './rival.js'

/** The names that can be measured, and how each is loaded. Loading is lazy: a process measures one. */
export const rivals: Readonly<Record<string, () => Promise<Rival>>> = {
  telltale: async () => (await import('./rivals/telltale.js')).createRival(),
  'prom-client': async () => (await import('./rivals/prom-client.js')).createRival('prom-client'),
  '@prometheus-io/client': async () =>
    (await import('./rivals/prom-client.js')).createRival('@prometheus-io/client'),
  '@platformatic/prom-client': async () =>
    (await import('./rivals/prom-client.js')).createRival('@platformatic/prom-client'),
  '@opentelemetry/sdk-metrics': async () => (await import('./rivals/opentelemetry.js')).createRival(),
}
