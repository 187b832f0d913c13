/** Everything that can be damaged in a data folder, and by which codes `fsck` names it. */

import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FsckCode } from '../../../server/context.ts'
import { blockFile, carFile, change, flip, flipFile } from './damage.ts'
import type { Undo } from './damage.ts'

type Damage = readonly [
  name: string,
  codes: readonly FsckCode[],
  work: (folder: string, cid: string) => Undo,
]

const nonce = `(SELECT max(nonce) FROM nonces WHERE signer = (SELECT operator FROM batches))`
const anchorNonce = (offset: number): string =>
  `INSERT INTO nonces SELECT chain, signer, ${nonce} + ${offset}, 'x', 'settled', created_at FROM nonces
       WHERE signer = (SELECT operator FROM batches) LIMIT 1`
const noNonce = `DELETE FROM nonces WHERE intent = 'x'`

const OF_STORE: readonly Damage[] = [
  [
    'a commitment',
    ['root-differs', 'certificate-differs'],
    (folder) => flip(folder, 'certificates', 'commitment'),
  ],
  ['a server key', ['document-does-not-open'], (folder) => flip(folder, 'sealed', 'server_key')],
  ['a token hash', ['token-differs'], (folder) => flip(folder, 'sealed', 'key_auth_hash')],
  ['an owner hash', ['token-differs'], (folder) => flip(folder, 'sealed', 'owner_hash')],
  [
    'a sealing number',
    ['document-does-not-open', 'token-differs'],
    (folder) => flip(folder, 'sealed', 'sealing'),
  ],
  ['a seed', ['record-damaged'], (folder) => flip(folder, 'certificates', 'sealed_seed')],
  ['a learner', ['record-damaged'], (folder) => flip(folder, 'certificates', 'sealed_learner')],
  ['a CID', ['manifest-differs', 'store-damaged'], (folder) => flip(folder, 'sealed', 'cid')],
  [
    'a root',
    ['root-differs', 'anchor-missing', 'anchor-unknown', 'certificate-differs'],
    (folder) => flip(folder, 'batches', 'root'),
  ],
  ['a manifest', ['manifest-differs'], (folder) => flip(folder, 'batches', 'manifest')],
  ['a batch secret', ['secret-damaged'], (folder) => flip(folder, 'batches', 'sealed_secret')],
  ['the time of an anchor', ['anchor-differs'], (folder) => flip(folder, 'batches', 'anchored_at')],
  ['an operator', ['anchor-differs'], (folder) => flip(folder, 'batches', 'operator')],
  [
    'an issuer',
    ['batch-foreign', 'anchor-missing', 'locked'],
    (folder) => flip(folder, 'batches', 'issuer'),
  ],
  [
    'a size',
    ['row-count', 'anchor-differs', 'certificate-differs'],
    (folder) => flip(folder, 'batches', 'size'),
  ],
  [
    'a row too many',
    ['row-count', 'record-damaged', 'token-differs', 'manifest-differs'],
    (folder) =>
      change(
        folder,
        `INSERT INTO certificates (batch_id, row, idx, commitment, sealed_seed, sealed_learner)
             SELECT batch_id, 999, 32, commitment, sealed_seed, sealed_learner FROM certificates WHERE idx = 0;
             INSERT INTO sealed (batch_id, idx, row, cid, sealing)
             SELECT batch_id, 32, 999, cid || 'x', sealing FROM sealed WHERE idx = 0;
             INSERT INTO cids SELECT cid, batch_id, idx FROM sealed WHERE row = 999`,
        `DELETE FROM certificates WHERE row = 999; DELETE FROM sealed WHERE row = 999; DELETE FROM cids WHERE idx = 32`,
      ),
  ],
  [
    'a row less',
    ['row-count', 'row-order', 'manifest-differs'],
    (folder) =>
      change(
        folder,
        `CREATE TABLE kept AS SELECT * FROM certificates WHERE idx = 3;
             DELETE FROM certificates WHERE idx = 3;
             CREATE TABLE also_kept AS SELECT * FROM sealed WHERE idx = 3; DELETE FROM sealed WHERE idx = 3`,
        `INSERT INTO certificates SELECT * FROM kept; DROP TABLE kept;
             INSERT INTO sealed SELECT * FROM also_kept; DROP TABLE also_kept`,
      ),
  ],
  [
    'a batch twice',
    ['root-doubled', 'row-count', 'secret-damaged', 'manifest-differs'],
    (folder) =>
      change(
        folder,
        `CREATE TABLE kept AS SELECT * FROM batches;
             UPDATE kept SET id = 'twice', created_at = created_at + 1, idempotency_key = NULL, request_digest = NULL;
             INSERT INTO batches SELECT * FROM kept; DROP TABLE kept`,
        `DELETE FROM batches WHERE id = 'twice'`,
      ),
  ],
  [
    'a batch that is missing',
    ['anchor-unknown', 'store-damaged'],
    (folder) =>
      change(
        folder,
        `CREATE TABLE kept AS SELECT * FROM batches; DELETE FROM batches`,
        'INSERT INTO batches SELECT * FROM kept; DROP TABLE kept',
      ),
  ],
  [
    'a batch that nobody works on',
    ['batch-unfinished'],
    (folder) =>
      change(
        folder,
        `UPDATE batches SET state = 'submitted'`,
        `UPDATE batches SET state = 'anchored'`,
      ),
  ],
  [
    'a nonce that was given twice too far',
    ['nonce-gap', 'transaction-lost', 'nonce-unsigned'],
    (folder) => change(folder, anchorNonce(2), noNonce),
  ],
  [
    'a final transaction that the chain lost',
    ['transaction-lost', 'nonce-unsigned'],
    (folder) => change(folder, anchorNonce(1), noNonce),
  ],
  [
    'a nonce that the store forgot',
    ['nonce-unknown', 'store-damaged'],
    (folder) =>
      change(
        folder,
        `CREATE TABLE kept AS SELECT * FROM nonces WHERE nonce = 1 AND signer = (SELECT issuer FROM batches);
             DELETE FROM nonces WHERE nonce = 1 AND signer = (SELECT issuer FROM batches)`,
        'INSERT INTO nonces SELECT * FROM kept; DROP TABLE kept',
      ),
  ],
  [
    'a nonce that is reserved for ever',
    ['transaction-stuck'],
    (folder) =>
      change(
        folder,
        `UPDATE nonces SET state = 'pending', created_at = 1 WHERE nonce = 0 AND signer = (SELECT operator FROM batches)`,
        `UPDATE nonces SET state = 'settled' WHERE nonce = 0`,
      ),
  ],
]

const OF_FILES: readonly Damage[] = [
  ['a block', ['block-damaged'], (folder, cid) => flipFile(blockFile(folder, cid))],
  [
    'a block that is missing',
    ['block-missing'],
    (folder, cid) => {
      const path = blockFile(folder, cid)
      const bytes = readFileSync(path)
      rmSync(path)
      return () => {
        writeFileSync(path, bytes)
      }
    },
  ],
  ['a CAR', ['car-damaged'], (folder) => flipFile(carFile(folder))],
  [
    'a CAR that is missing',
    ['car-missing'],
    (folder) => {
      const path = carFile(folder)
      const bytes = readFileSync(path)
      rmSync(path)
      return () => {
        writeFileSync(path, bytes)
      }
    },
  ],
  [
    'a CAR that is cut',
    ['car-damaged'],
    (folder) => {
      const path = carFile(folder)
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.subarray(0, bytes.length - 100))
      return () => {
        writeFileSync(path, bytes)
      }
    },
  ],
  [
    'a key that others may read',
    ['mode-open'],
    (folder) => {
      const path = join(folder, 'keys', 'master-recovery.json')
      chmodSync(path, 0o644)
      return () => {
        chmodSync(path, 0o600)
      }
    },
  ],
  [
    'a document that is still there after its erasure',
    ['block-not-erased', 'erasure-unfinished'],
    (folder) =>
      change(
        folder,
        `INSERT INTO tombstones SELECT cid, batch_id, idx, 0, 1 FROM sealed WHERE idx = 0`,
        'DELETE FROM tombstones',
      ),
  ],
]

export const DAMAGES: readonly Damage[] = [...OF_STORE, ...OF_FILES]
