import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import { auditContract } from './audit.contract.ts'
import { documentsContract } from './documents.contract.ts'
import type { Subject } from './documents.contract.ts'

describe('documents whose blocks are on disk', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-documents-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })
  const pathOf = (cid: string): string => join(folder, 'blocks', cid.slice(-2), cid)
  const subject = (): Subject => ({
    hasPins: false,
    open: (isErased) => openDiskDocuments(folder, isErased),
    damage: (cid, bytes) => writeFile(pathOf(cid), bytes),
    lose: (cid) => rm(pathOf(cid)),
    carPath: (root) => join(folder, 'cars', `${root}.car`),
  })
  documentsContract(subject)
  auditContract(subject)
})
