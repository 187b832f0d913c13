/**
 * Defends the promise of an erasure: files of the store, chain, documents and the learner's own link together then give
 * nothing of the learner, with and without the master key, to whoever has ten thousand guesses.
 */
import { writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context, IssuedLink, IssueReport } from '../../../server/context.ts'
import { openCertificate } from '../../../server/ipfs/sealing.ts'
import { readKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import type { Vault } from '../../../server/keys/vault.ts'
import { parseBase64url, parseJson, parseTemplate } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { thrown } from '../../support/errors.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { dictionaryWith, formsOf, haystackOf, requestTagsOf, tagsOf } from './attacker.ts'
import type { Haystack } from './attacker.ts'

const PEOPLE = 300
const HEADER =
  'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'

type Row = {
  readonly seed: Uint8Array
  readonly learner: Uint8Array
  readonly serverKey: Uint8Array
}

for (const kind of ['SQLite', 'PostgreSQL'] as const) {
  describe(`an erased learner, and who has all files of a store on ${kind}`, function () {
    this.timeout(120_000)
    let cluster: Cluster | undefined
    let data: DataFolder
    let context: Context
    let report: IssueReport
    let victim: IssuedLink
    let row: Row
    let block: Uint8Array
    let vault: Vault
    let miner: NodeJS.Timeout | undefined
    let files: Haystack
    const rows = (): string => join(data.folder, '..', `rows-of-${kind}.csv`)

    before(async function () {
      if (kind === 'PostgreSQL') cluster = await startCluster(engineFor(this, 'postgresql'))
      const store = cluster && { store: { kind: 'postgres', url: cluster.url() } as const }
      data = await newDataFolder(store)
      context = await data.open()
      await context.deploy()
      const rpc = rpcOf(context.rpcUrl)
      miner = setInterval(() => {
        rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
      }, 200)
      const lines = Array.from(
        { length: PEOPLE },
        (_, i) =>
          `B-${1000 + i};Camille${i};Durand-${i};03/02/1999;camille.durand${i}@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis`,
      )
      await writeFile(rows(), [HEADER, ...lines, ''].join('\n'))
      const template = await exampleTemplate()
      report = await context.issue({ rows: rows(), template, idempotencyKey: 'once' })
      // As the server does by itself once there are rows, in a minute: its planner keeps samples of what stands in them.
      await cluster?.query('ANALYZE')
      victim = report.links[137] ?? expect.fail('no victim')
      row = await rowOf(victim)
      const { url } = await context.serve({ port: 0 })
      const sealed = await fetch(`${url}/ipfs/${victim.cid}?format=raw`)
      block = new Uint8Array(await sealed.arrayBuffer())
      vault = vaultOf((await readKey(join(data.folder, 'keys/master.json'), PASSPHRASE)).secret)
    })
    after(async () => {
      clearInterval(miner)
      await (data as DataFolder | undefined)?.remove()
      await cluster?.remove()
    })

    /** What the store has of a certificate, by its own means. */
    async function rowOf({ cid }: IssuedLink): Promise<Row> {
      if (cluster !== undefined) {
        const found = await cluster.query(
          `SELECT sealed_seed AS seed, sealed_learner AS learner, server_key AS "serverKey" FROM inaltera.erasable
             JOIN inaltera.certificates USING (batch_id, "row") WHERE cid = '${cid}'`,
        )
        return found[0] as Row
      }
      const database = new DatabaseSync(join(data.folder, 'store.sqlite'), { readOnly: true })
      const sql = `SELECT sealed_seed AS seed, sealed_learner AS learner, server_key AS "serverKey" FROM certificates_by_index WHERE cid = ?`
      const found = database.prepare(sql).get(cid) as Row
      database.close()
      return found
    }

    async function allFiles(): Promise<Haystack> {
      await cluster?.query('CHECKPOINT')
      return haystackOf([data.folder, ...(cluster ? [join(cluster.data, 'base')] : [])])
    }

    /** The candidates of whom something is found. */
    async function confirmed(hasKey: boolean): Promise<string[]> {
      const template = parseTemplate(parseJson(await exampleTemplate()))
      const owners = new Map<string, string>()
      for (const one of dictionaryWith(victim.learner)) {
        for (const needle of hasKey ? tagsOf(vault, one, template) : formsOf(one)) {
          // What many candidates share, such as a first name, tells of none of them.
          const text = Buffer.from(needle).toString('hex')
          owners.set(text, owners.has(text) ? '' : (one.email ?? ''))
        }
      }
      // What others who are still there stand under tells of them, and not of who was erased.
      for (const { cid, learner } of hasKey ? report.links : []) {
        if (cid === victim.cid) continue
        for (const tag of tagsOf(vault, learner, template)) {
          owners.set(Buffer.from(tag).toString('hex'), '')
        }
      }
      const needles = [...owners].filter(([, owner]) => owner !== '')
      const found = files.among(needles.map(([text]) => Buffer.from(text, 'hex')))
      return [
        ...new Set(found.map((bytes) => owners.get(Buffer.from(bytes).toString('hex')) ?? '')),
      ]
    }

    it('is found by these very attacks before', async () => {
      files = await allFiles()
      expect(await confirmed(true)).to.deep.equal([victim.learner.email])
      for (const one of [row.seed, row.learner, row.serverKey, block]) {
        expect(files.holds(one)).to.equal(true)
      }
      const request = { rows: rows(), template: await exampleTemplate(), idempotencyKey: 'once' }
      let hits = 0
      for await (const tag of requestTagsOf(vault, request)) if (files.holds(tag)) hits += 1
      expect(hits).to.equal(2)
    })

    it('is none of ten thousand, without the master key', async () => {
      await context.erase({ cid: victim.cid, reason: 'holder-request' })
      files = await allFiles()
      expect(await confirmed(false)).to.deep.equal([])
    })

    it('is none of ten thousand, with the master key, though a word of the name be another’s', async () => {
      expect(await confirmed(true)).to.deep.equal([])
      const template = parseTemplate(parseJson(await exampleTemplate()))
      const other = report.links[138]?.learner ?? {}
      expect([...tagsOf(vault, other, template)].some((tag) => files.holds(tag))).to.equal(true)
    })

    it('is not told by the file that the batch was made of, where all other rows are known', async () => {
      const request = { rows: rows(), template: await exampleTemplate(), idempotencyKey: 'once' }
      for await (const tag of requestTagsOf(vault, request))
        expect(files.holds(tag)).to.equal(false)
    })

    it('left neither seed nor learner nor key, sealed or open, nor a part of them', () => {
      const { batchId, row: line } = victim as IssuedLink & { batchId?: string }
      expect(batchId).to.equal(undefined)
      const seed = vault.open(row.seed, `batch/${report.batchId}/${line}/seed`)
      for (const secret of [row.seed, row.learner, row.serverKey, seed]) {
        for (let from = 0; from + 16 <= secret.length; from += 8) {
          const part = Buffer.from(secret.subarray(from, from + 16))
          expect(files.holds(part), `${from}`).to.equal(false)
        }
      }
    })

    it('is not read by the old link, even from a copy of the document in other hands', async () => {
      const secret = parseBase64url(victim.link.split('#')[1], 'link')
      expect(files.holds(secret)).to.equal(false)
      expect(files.holds(block.subarray(200, 232))).to.equal(false)
      await thrown(openCertificate(block, secret, undefined))
      const opened = await openCertificate(block, secret, new Uint8Array(row.serverKey))
      expect(Buffer.from(opened).toString('utf8')).to.include(victim.learner.email)
    })
  })
}
