import { BATCH, certificateAt } from '../world.ts'
import { ZERO } from '../ledger.ts'
import { failed, forged, parsed, textOf, withDocument, withProof, withProofText } from './forge.ts'
import type { Attack } from './forge.ts'

const transplanted = parsed(textOf(certificateAt(4)))
const path = certificateAt(3).path

/** Tables 2a of reference/security.md: the tree. */
export const TREE_ATTACKS: readonly Attack[] = [
  forged(
    'M1-inner-node-as-leaf',
    'A path that starts at an inner node is one hash short.',
    failed('inclusion', 'path-length'),
    withProof((value) => {
      value['path'] = path.slice(1)
    }),
  ),
  forged(
    'M1-root-as-leaf',
    'No path at all.',
    failed('inclusion', 'path-length'),
    withProof((value) => {
      value['path'] = []
    }),
  ),
  forged(
    'M1-smaller-tree',
    'The inner node is presented as the root of a smaller batch, which nobody anchored.',
    failed('inclusion', 'root-differs'),
    withProof((value) => {
      value['root'] = path[0]
      value['size'] = 1
      value['index'] = 0
      value['path'] = []
    }),
  ),
  forged(
    'M2-children-as-row',
    'The 64 bytes under an inner node, read as a row: the one child as index. No index is so large.',
    failed('integrity', 'number-not-exact'),
    withProofText((inner) => inner.replace('"index":3', `"index":${BigInt(path[0] ?? 0)}`)),
  ),
  forged(
    'M3-duplicated-last-leaf',
    'The batch is said to hold one more, a copy of its last.',
    failed('inclusion', 'path-length'),
    withProof(
      (value) => {
        value['size'] = 8
      },
      textOf(certificateAt(6)),
    ),
  ),
  forged(
    'M4-index-of-sibling',
    'Sorted pairs give siblings one root, so the index is in the leaf.',
    failed('inclusion', 'root-differs'),
    withProof((value) => {
      value['index'] = 4
    }),
  ),
  forged(
    'M5-index-as-text',
    'An index has one spelling.',
    failed('integrity', 'wrong-type'),
    withProof((value) => {
      value['index'] = '3'
    }),
  ),
  forged(
    'M5-index-with-fraction',
    '3.0 is 3, so the value is not in canonical form.',
    failed('integrity', 'not-canonical'),
    withProofText((inner) => inner.replace('"index":3', '"index":3.0')),
  ),
  forged(
    'M5-index-with-exponent',
    '3e0 is 3, likewise.',
    failed('integrity', 'not-canonical'),
    withProofText((inner) => inner.replace('"index":3', '"index":3e0')),
  ),
  forged(
    'M5-index-of-256-bits',
    '2^256 + 3 would wrap around to 3.',
    failed('integrity', 'number-not-exact'),
    withProofText((inner) => inner.replace('"index":3', `"index":${2n ** 256n + 3n}`)),
  ),
  forged(
    'M5-negative-index',
    'Below the first.',
    failed('integrity', 'out-of-range'),
    withProof((value) => {
      value['index'] = -1
    }),
  ),
  forged(
    'M5-index-beyond-size',
    'Beyond the last.',
    failed('inclusion', 'index-beyond-size'),
    withProof((value) => {
      value['index'] = 7
    }),
  ),
  forged(
    'M6-path-extended',
    'One hash more than the place requires.',
    failed('inclusion', 'path-length'),
    withProof((value) => {
      value['path'] = [...path, path[0]]
    }),
  ),
  forged(
    'M6-path-endless',
    'A thousand hashes are refused before one is computed.',
    failed('integrity', 'path-too-long'),
    withProof((value) => {
      value['path'] = Array.from({ length: 1000 }, () => path[0])
    }),
  ),
  forged(
    'M7-both-sides',
    'Fields that a lax reader would ignore.',
    failed('integrity', 'unknown-member'),
    withProof((value) => {
      value['left'] = path[0]
      value['right'] = path[1]
    }),
  ),
  forged(
    'M8-zero-root',
    'The root of nothing, of which storage holds zero.',
    failed('inclusion', 'root-differs'),
    withProof((value) => {
      value['root'] = ZERO
    }),
  ),
  forged(
    'M9-multiproof',
    'Multiproofs are another format.',
    failed('integrity', 'unknown-member'),
    withProof((value) => {
      value['proofFlags'] = [true]
    }),
  ),
  forged(
    'M10-upper-case-root',
    'Hex has one spelling.',
    failed('integrity', 'not-canonical-hex'),
    withProof((value) => {
      value['root'] = `0x${BATCH.root.slice(2).toUpperCase()}`
    }),
  ),
  forged(
    'M10-short-hash',
    '31 bytes.',
    failed('integrity', 'not-canonical-hex'),
    withProof((value) => {
      value['path'] = [String(path[0]).slice(0, -2), ...path.slice(1)]
    }),
  ),
  forged(
    'M10-no-prefix',
    'Without 0x.',
    failed('integrity', 'not-canonical-hex'),
    withProof((value) => {
      value['salt'] = String(value['salt']).slice(2)
    }),
  ),
  forged(
    'M11-proof-of-another',
    'The proof of another certificate of the same batch.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      document['proof'] = transplanted['proof']
    }),
  ),
]
