/**
 * What Prometheus is told. Labels are patterns of routes, methods, statuses, codes and the public addresses of our own
 * keys: never a path as it was sent, an id or a name.
 */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Verdict } from '../../src/index.ts'

/** A number that is asked for at each scrape: balance, fees, length of an outbox, batches by state. */
export type GaugeSpec<Label extends string = never> = {
  /** After `inaltera_`, snake case, with its unit. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly Label[]
  /** What fails leaves the gauge out of this scrape. */
  readonly read: () => Promise<
    readonly { readonly value: number; readonly labels?: Readonly<Record<Label, string>> }[]
  >
}

export type Metrics = {
  readonly contentType: string
  /** One answered request; `route` is the pattern of its path. */
  request(route: string, method: string, status: number, seconds: number): void
  verdict(outcome: Verdict['outcome']): void
  gauge<Label extends string = never>(spec: GaugeSpec<Label>): void
  /** All of it in Prometheus' text format. */
  text(): Promise<string>
}

const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10, 30]

export function metricsOf(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'inaltera_' })
  const requests = new Histogram({
    name: 'inaltera_request_seconds',
    help: 'Requests by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  })
  const verdicts = new Counter({
    name: 'inaltera_verdicts_total',
    help: 'Verdicts by outcome',
    labelNames: ['outcome'],
    registers,
  })
  return {
    contentType: registry.contentType,
    request: (route, method, status, seconds) => {
      requests.observe({ route, method, status }, seconds)
    },
    verdict: (outcome) => {
      verdicts.inc({ outcome })
    },
    gauge: ({ name, help, labels = [], read }) => {
      new Gauge({
        name: `inaltera_${name}`,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          this.reset()
          const values = await read().catch(() => [])
          // Without labels there is a 0 to begin with, which would be taken for an answer.
          if (values.length === 0 && labels.length === 0) this.remove()
          for (const one of values) this.set(one.labels ?? {}, one.value)
        },
      })
    },
    text: () => registry.metrics(),
  }
}
