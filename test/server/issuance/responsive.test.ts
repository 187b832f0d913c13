/** Defends that a server answers while it seals a large batch, and that the batch comes out whole. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import type { BatchView } from '../../../server/issuance/overview.ts'
import { exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { utf8 } from '../../../src/index.ts'

const ROWS = process.env['INALTERA_LONG'] === '1' ? 20_000 : 1000
/** Far longer than any step of sealing takes, and far shorter than sealing the whole batch in one go. */
const PATIENCE_MS = 4000
const HEADER =
  'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'

async function* rowsOf(count: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(utf8(`${HEADER}\n`))
  for (let n = 1; n <= count; n += 1) {
    yield utf8(
      `A-${n};Zoé;L’Hôte ${n};03/02/1999;zoe-${n}@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis\n`,
    )
  }
}

describe('a server that seals a large batch', function () {
  this.timeout(600_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
  })
  after(() => data.remove())

  it('answers all the while, and issues every row', async () => {
    const context = await data.open({ passphrase: PASSPHRASE })
    await context.deploy()
    const { url } = await context.serve({ port: 0 })
    const issued = new AbortController()
    const seen = new Set<string>()
    const issue = async (): Promise<BatchView | undefined> => {
      const template = { body: await exampleTemplate() }
      const upload = { rows: rowsOf(ROWS), format: 'csv', template, by: 'key-1' } as const
      const { batchId } = await context.batches.intake(upload)
      let last: BatchView | undefined
      const watched = { signal: AbortSignal.timeout(500_000), pollMs: 50 }
      for await (last of context.batches.watch(batchId, watched)) seen.add(last.state)
      return last
    }
    let answers = 0
    const ask = async (): Promise<void> => {
      while (!issued.signal.aborted) {
        const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) })
        expect(answer.status).to.equal(200)
        await answer.arrayBuffer()
        answers += 1
        await wait(20)
      }
    }
    const issuing = issue().finally(() => {
      issued.abort()
    })
    const [last] = await Promise.all([issuing, ask()])
    expect(last).to.include({ state: 'anchored', size: ROWS })
    expect([...seen]).to.include.members(['drafted', 'anchored'])
    expect(answers).to.be.above(10)
  })
})
