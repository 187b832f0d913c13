import type {
  DraftCertificate,
  Lease,
  NewBatch,
  SealedCertificate,
  SignedTransaction,
} from '../../../server/storage/store.ts'

export const NOW = 1_800_000_000_000
export const lease: Lease = { owner: 'worker-1', now: NOW, until: NOW + 1000 }
export const thief: Lease = { owner: 'worker-2', now: NOW, until: NOW + 1000 }
export const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

export function newBatch(id: string, more: Partial<NewBatch> = {}): NewBatch {
  return {
    id,
    home: `eip155:31337:0x${'a'.repeat(40)}`,
    issuer: `0x${'b'.repeat(40)}`,
    pointers: ['/credentialSubject/givenName'],
    permanent: false,
    sealedSecret: bytes(1),
    createdAt: NOW,
    masterVersion: 1,
    ...more,
  }
}

export function draft(row: number): DraftCertificate {
  return {
    row,
    commitment: bytes(row),
    sealedSeed: bytes(100 + row),
    sealedCredential: bytes(50),
    sealedLearner: bytes(51),
    tags: [BigInt(200 + row), -1n],
    isAddressed: true,
  }
}

export function sealed(batchId: string, index: number): SealedCertificate {
  return {
    index,
    cid: `b${batchId}${index}`,
    sealing: 0,
    serverKey: bytes(60),
    keyAuthHash: bytes(61),
    ownerHash: bytes(62),
  }
}

export function signed(nonce: number, fee = 10n, salt = ''): SignedTransaction {
  return {
    hash: `0x${salt}${nonce}-${fee}`,
    raw: `0x02${nonce}`,
    maxFeePerGas: fee,
    maxPriorityFeePerGas: 1n,
  }
}
