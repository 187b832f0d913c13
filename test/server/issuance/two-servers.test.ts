/** Defends two servers on one PostgreSQL that share the work, through one key. */
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context } from '../../../server/context.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { streamOf, viewsOf } from './uploads.ts'

const BATCHES = 20

describe('two servers on one PostgreSQL', function () {
  this.timeout(120_000)
  let cluster: Cluster
  let data: DataFolder
  let servers: readonly Context[] = []
  let miner: NodeJS.Timeout | undefined

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    data = await newDataFolder({ store: { kind: 'postgres', url: cluster.url() } })
    const [first, second] = [await data.open(), await data.open({ passphrase: PASSPHRASE })]
    servers = [first, second]
    await first.deploy()
    const rpc = rpcOf(first.rpcUrl)
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 200)
    for (const server of servers) await server.serve({ port: 0 })
  })
  after(async () => {
    clearInterval(miner)
    // Unset where the engine is missing and everything here was skipped.
    await (data as DataFolder | undefined)?.remove()
    await (cluster as Cluster | undefined)?.remove()
  })

  it('issue 20 batches at once, each once, without a collision of nonces', async () => {
    const template = { body: await exampleTemplate() }
    const header =
      'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'
    const row = 'A-1;Zoé;L’Hôte;03/02/1999;zoe@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis'
    const taken = await Promise.all(
      Array.from({ length: BATCHES }, (_, at) => {
        const rows = streamOf(`${header}\n${row}\n`)
        const server = servers[at % servers.length] ?? expect.fail('no server')
        return server.batches.intake({ rows, format: 'csv', template, by: 'key-1' })
      }),
    )
    const [first] = servers
    const views = await Promise.all(
      taken.map(({ batchId }) => viewsOf(first?.batches ?? expect.fail(), batchId)),
    )
    const last = views.map((seen) => seen.at(-1) ?? expect.fail('no view'))
    expect(last.map(({ state }) => state)).to.deep.equal(taken.map(() => 'anchored'))
    const roots = new Set(last.map((view) => view.state !== 'rejected' && view.root))
    expect(roots.size).to.equal(BATCHES)
    const nonces = await cluster.query(
      `SELECT nonce, state, count(*) OVER (PARTITION BY nonce) AS times FROM inaltera.nonces
         WHERE intent LIKE 'anchor:%'`,
    )
    expect(nonces).to.have.length(BATCHES)
    expect(nonces.every(({ times, state }) => times === '1' && state === 'settled')).to.equal(true)
    const owners = await cluster.query(
      'SELECT count(*) AS n FROM inaltera.batch_progress WHERE trouble_code IS NOT NULL',
    )
    expect(owners[0]?.['n']).to.equal('0')
  })
})
