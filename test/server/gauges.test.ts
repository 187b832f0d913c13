/** Defends the numbers that alarms are made of: they say what is so, and what is away never takes the others with it. */
import { expect } from 'chai'
import type { Rpc } from '../../node/rpc.ts'
import { addGauges } from '../../server/gauges.ts'
import { metricsOf } from '../../server/http/metrics.ts'
import type { Backlog } from '../../server/storage/backlog.ts'
import { parseAddress, UnavailableError } from '../../src/index.ts'

const ADDRESS = parseAddress(`0x${'1'.repeat(40)}`, 'address')
const NOW = 1_800_000_000_000
const GWEI = 1_000_000_000n
const BACKLOG: Backlog = {
  batches: { open: 0, drafted: 0, sealed: 0, stored: 2, submitted: 1, anchored: 7 },
  oldestUnfinished: NOW - 90_000,
  troubles: { 'no-funds': 2 },
  letters: { queued: 3, refused: 1, failed: 0 },
  deliveries: { queued: 4, failed: 5 },
}

describe('the gauges', () => {
  let now = NOW
  let asked: string[] = []
  let isChainAway = false
  let isStoreAway = false
  let baseFee = 10n * GWEI
  beforeEach(() => {
    now = NOW
    asked = []
    isChainAway = false
    isStoreAway = false
    baseFee = 10n * GWEI
  })

  const rpc: Rpc = (method) => {
    asked.push(method)
    if (isChainAway) return Promise.reject(new UnavailableError('unreachable', 'away'))
    if (method === 'eth_getBalance') return Promise.resolve('0xde0b6b3a7640000')
    if (method === 'eth_maxPriorityFeePerGas') return Promise.resolve('0x1')
    if (method === 'eth_feeHistory') {
      return Promise.resolve({ baseFeePerGas: [`0x${baseFee.toString(16)}`], reward: [['0x1']] })
    }
    const timestamp = `0x${(NOW / 1000 - 12).toString(16)}`
    return Promise.resolve({ number: '0x9', timestamp, baseFeePerGas: `0x${baseFee.toString(16)}` })
  }

  function scraped(): () => Promise<Map<string, number>> {
    const metrics = metricsOf()
    addGauges(metrics, {
      rpc,
      store: {
        backlog: () => {
          asked.push('store')
          return isStoreAway
            ? Promise.reject(new UnavailableError('refused', 'away'))
            : Promise.resolve(BACKLOG)
        },
      },
      keys: [{ role: 'anchor', address: ADDRESS }],
      maxFeePerGas: 100n * GWEI,
      now: () => now,
    })
    return async () => {
      const lines = (await metrics.text())
        .split('\n')
        .filter((line) => line.startsWith('inaltera_'))
      return new Map(
        lines.map((line) => {
          const at = line.lastIndexOf(' ')
          return [line.slice(0, at), Number(line.slice(at + 1))] as const
        }),
      )
    }
  }

  const KEY = `{role="anchor",address="${ADDRESS}"}`

  it('tell what there is to do, what is in the way, and what a key can pay for', async () => {
    const found = await scraped()()
    expect(Object.fromEntries(found)).to.include({
      'inaltera_batches{state="stored"}': 2,
      'inaltera_batches{state="anchored"}': 7,
      inaltera_oldest_unfinished_batch_age_seconds: 90,
      'inaltera_batch_troubles{code="no-funds"}': 2,
      'inaltera_batch_troubles{code="fee-cap"}': 0,
      'inaltera_letters{state="queued"}': 3,
      'inaltera_letters{state="refused"}': 1,
      'inaltera_webhook_deliveries{state="queued"}': 4,
      'inaltera_webhook_deliveries{state="failed"}': 5,
      inaltera_chain_head_age_seconds: 12,
      [`inaltera_key_balance_ether${KEY}`]: 1,
      [`inaltera_key_fee_above_cap${KEY}`]: 0,
    })
    expect(found.get(`inaltera_key_anchors_left${KEY}`)).to.be.greaterThan(100)
  })

  it('show a network that asks for more than the cap', async () => {
    baseFee = 101n * GWEI
    expect((await scraped()()).get(`inaltera_key_fee_above_cap${KEY}`)).to.equal(1)
  })

  it('leave out what is away, and tell the rest', async () => {
    isChainAway = true
    const chainless = await scraped()()
    expect([...chainless.keys()].filter((name) => /_key_|_chain_/.test(name))).to.deep.equal([])
    expect(chainless.get('inaltera_batches{state="stored"}')).to.equal(2)
    isChainAway = false
    isStoreAway = true
    const storeless = await scraped()()
    expect([...storeless.keys()].filter((name) => /_batch|_letters/.test(name))).to.deep.equal([])
    expect(storeless.get('inaltera_chain_head_age_seconds')).to.equal(12)
  })

  it('ask store and chain once in half a minute, however often they are scraped', async () => {
    const scrape = scraped()
    await Promise.all([scrape(), scrape()])
    await scrape()
    const once = asked.length
    expect(asked.filter((one) => one === 'store')).to.have.length(1)
    now += 29_000
    expect((await scrape()).get('inaltera_chain_head_age_seconds')).to.equal(41)
    expect(asked).to.have.length(once)
    now += 1000
    await scrape()
    expect(asked).to.have.length(2 * once)
  })
})
