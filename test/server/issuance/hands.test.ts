/** Defends that threads compute what the process itself would: the same tree, certificates that open, errors by kind. */
import { createHash, randomBytes } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import { expect } from 'chai'
import {
  canonicalBytes,
  commitmentOfCertificate,
  bytesOfHex,
  FormatError,
  InvariantError,
  linkSecretOf,
  treeOf,
  utf8,
} from '../../../src/index.ts'
import type { Tree } from '../../../src/index.ts'
import { openCertificate } from '../../../server/ipfs/sealing.ts'
import { threadHands } from '../../../server/issuance/hands.ts'
import type { Hands } from '../../../server/issuance/hands.ts'
import { inTurn } from '../../../server/issuance/in-turn.ts'
import { CHUNK } from '../../../server/issuance/steps.ts'
import type { ReadBack } from '../../../server/issuance/proving-task.ts'
import type { BatchFacts, OpenDraft } from '../../../server/issuance/sealing-task.ts'
import { openThreads } from '../../../server/issuance/threads.ts'
import { credentialJson, HOME, ISSUER, issueBatch, POINTERS } from '../../support/world.ts'
import { bytesFor } from '../../support/ledger.ts'
import { KINDS_OF_HANDS, lentHands } from './lent-hands.ts'

const SIZE = 30
const LABEL = 'hands'

type Drafted = OpenDraft & { readonly commitment: Uint8Array }

/** Drafts as the store would give them, opened, and the batch that they are of. */
function drafted(): { batch: BatchFacts; drafts: Drafted[] } {
  const credentials = Array.from({ length: SIZE }, (_, i) => credentialJson(i))
  const { certificates, root } = issueBatch(credentials, { label: LABEL })
  const commitments = certificates.map((one) => bytesOfHex(commitmentOfCertificate(one)))
  const tree = treeOf(Buffer.concat(commitments))
  const drafts = certificates.map(({ credential }, index) => ({
    index,
    commitment: commitments[index] ?? new Uint8Array(),
    credential: canonicalBytes(credential),
    seed: bytesFor(`${LABEL} seed ${index}`),
    path: tree.pathBytesOf(index),
  }))
  const secret = new Uint8Array(randomBytes(32))
  const facts = { home: HOME, issuer: ISSUER, root, size: SIZE, secret, permanent: false }
  return { batch: { id: 'batch', pointers: POINTERS, ...facts }, drafts }
}

type Read = ReadBack & { readonly block: Uint8Array }

async function sealedBy(
  hands: Hands,
  { batch, drafts } = drafted(),
): Promise<{ batch: BatchFacts; rows: Read[] }> {
  const halves = [drafts.slice(0, 11), drafts.slice(11)]
  const parts = await Promise.all(
    halves.map((half) => hands.seal({ kind: 'seal', batch, drafts: half })),
  )
  const blocks = parts.flatMap((part) => ('segment' in part.blocks ? [] : part.blocks))
  const rows = parts
    .flatMap((part) => part.rows)
    .map((row, at) => ({
      ...row,
      commitment: drafts[at]?.commitment ?? new Uint8Array(),
      block: blocks[at]?.bytes ?? new Uint8Array(),
    }))
  return { batch, rows }
}

function pathsOf(drafts: readonly Drafted[]): Uint8Array {
  return Buffer.concat(drafts.map(({ path }) => path))
}

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Error) return error
  throw new Error('nothing was thrown')
}

describe('hands', function () {
  this.timeout(60_000)
  const lent = lentHands()

  for (const name of KINDS_OF_HANDS) {
    it(`of ${name} seal what opens, is proven, and was drafted`, async () => {
      const { batch, rows } = await sealedBy(lent(name))
      expect(rows.map(({ index }) => index)).to.deep.equal(
        Array.from({ length: SIZE }, (_, i) => i),
      )
      // Proven by the others, read and known by their bytes.
      const other = name === 'threads' ? lent('the process') : lent('threads')
      await other.prove({ kind: 'prove', batch, rows })
      await other.prove({ kind: 'prove', batch, rows, paths: pathsOf(drafted().drafts) })
    })

    it(`of ${name} refuse what was not drafted, and what was damaged, by the same errors`, async () => {
      const hands = lent(name)
      const { batch, drafts } = drafted()
      const changes: ((draft: Drafted) => Partial<Drafted>)[] = [
        () => ({ commitment: new Uint8Array(32) }),
        ({ path }) => ({ path: path.toReversed() }),
        ({ index }) => ({ index: (index + 1) % SIZE }),
        () => ({ seed: new Uint8Array(32) }),
        ({ credential }) => ({
          credential: utf8(new TextDecoder().decode(credential).replace('Soudage', 'Doctorat')),
        }),
      ]
      const right = await sealedBy(hands, { batch, drafts })
      for (const change of changes) {
        const changed = drafts.map((draft) => ({ ...draft, ...change(draft) }))
        const wrong = await sealedBy(hands, { batch, drafts: changed })
        // All of them, and the last one alone, where the others are right.
        const last = wrong.rows.slice(-1)
        for (const rows of [wrong.rows, [...right.rows.slice(0, -1), ...last]]) {
          const paths = Buffer.concat(rows.map(({ index }) => drafts[index]?.path ?? Buffer.of()))
          for (const known of [{}, { paths }]) {
            const task = { kind: 'prove', batch, rows, ...known } as const
            expect(await thrownBy(hands.prove(task))).to.be.instanceOf(InvariantError)
          }
        }
      }
      const torn = drafts.map((one) => ({ ...one, credential: one.credential.slice(1) }))
      const unsealed = await thrownBy(sealedBy(hands, { batch, drafts: torn }))
      expect(unsealed).to.be.instanceOf(InvariantError)
      const { batch: sealed, rows } = await sealedBy(hands)
      const bad = rows.map((row) => ({ ...row, block: row.block.with(900, 0x21) }))
      const error = await thrownBy(hands.prove({ kind: 'prove', batch: sealed, rows: bad }))
      expect(error)
        .to.be.instanceOf(FormatError)
        .and.to.include({ code: 'sealed-document-damaged' })
      const foreign = rows.map((row) => ({ ...row, ownerHash: new Uint8Array(32) }))
      const lost = await thrownBy(hands.prove({ kind: 'prove', batch: sealed, rows: foreign }))
      expect(lost).to.be.instanceOf(InvariantError)
    })
  }

  it('grow the same tree, breathe, and end where they are told', async () => {
    for (const size of [1, 2, 3, 100, 5000, 70_000]) {
      const commitments = new Uint8Array(
        createHash('shake256', { outputLength: 32 * size })
          .update(`${size}`)
          .digest(),
      )
      const trees: Tree[] = []
      for (const name of KINDS_OF_HANDS) trees.push(await lent(name).grow(commitments, otherWork))
      const whole = treeOf(commitments)
      for (const tree of trees) {
        expect(tree.root).to.equal(whole.root)
        expect(tree.pathOf(size >> 1)).to.deep.equal(whole.pathOf(size >> 1))
      }
    }
    const stop = lent('threads').grow(new Uint8Array(randomBytes(32 * 9000)), () =>
      Promise.reject(new Error('stop')),
    )
    expect((await thrownBy(stop)).message).to.equal('stop')
  })

  it('say so when a thread ends under its work', async () => {
    const doomed = openThreads(1)
    const { batch, rows } = await sealedBy(lent('the process'))
    const hands = threadHands(doomed, 1)
    const work = thrownBy(hands.prove({ kind: 'prove', batch, rows }))
    await doomed.close()
    expect((await work).message).to.include('ended')
    const later = await thrownBy(hands.prove({ kind: 'prove', batch, rows }))
    expect(later.message).to.include('ended')
  })

  it('make certificates of the same bytes', async () => {
    const opened: Uint8Array[][] = []
    for (const hands of KINDS_OF_HANDS.map(lent)) {
      const { batch, rows } = await sealedBy(hands)
      const certificates = rows.map(({ block, index, sealing, serverKey }) =>
        openCertificate(block, linkSecretOf(batch.secret, index, sealing), serverKey),
      )
      opened.push(await Promise.all(certificates))
    }
    expect(opened[0]).to.have.length(SIZE)
    expect(opened[0]).to.deep.equal(opened[1])
  })
})

describe('parts in turn', () => {
  it('are started ahead and finished in order, and end before a failure is told', async () => {
    const seen: string[] = []
    const start = async (from: number): Promise<number> => {
      seen.push(`start ${from / CHUNK}`)
      await otherWork()
      if (from === 4 * CHUNK) throw new Error('fourth')
      return from / CHUNK
    }
    const finish = (part: number, done: number): Promise<void> => {
      seen.push(`finish ${part} ${done}`)
      return Promise.resolve()
    }
    await inTurn(2 * CHUNK + 7, 2, start, finish)
    expect(seen).to.deep.equal([
      'start 0',
      'start 1',
      `finish 0 ${CHUNK}`,
      'start 2',
      `finish 1 ${2 * CHUNK}`,
      `finish 2 ${2 * CHUNK + 7}`,
    ])
    seen.length = 0
    const error = await thrownBy(inTurn(9 * CHUNK, 3, start, finish))
    expect(error.message).to.equal('fourth')
    expect(seen)
      .to.include(`finish 3 ${4 * CHUNK}`)
      .and.not.to.include('start 7')
  })
})
