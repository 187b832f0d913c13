import { hideClaims, parsePointer } from '../../../src/index.ts'
import { certificateAt } from '../world.ts'
import { entryOf, failed, forged, HONEST, parsed, textOf, withDocument } from './forge.ts'
import type { Attack, Mutable } from './forge.ts'

const subject = (document: Mutable) => document['credentialSubject'] as Mutable

/** Table 2b: texts that two readers could take for different things. */
export const TEXT_ATTACKS: readonly Attack[] = [
  forged(
    'C1-duplicate-key',
    'One reader shows the first, another hashes the last.',
    failed('integrity', 'duplicate-key'),
    HONEST.replace('"name":"Soudage', '"name":"Doctorat","name":"Soudage'),
  ),
  forged(
    'C1-duplicate-key-escaped',
    'The same with an escape.',
    failed('integrity', 'duplicate-key'),
    HONEST.replace('"name":"Soudage', '"n\\u0061me":"Doctorat","name":"Soudage'),
  ),
  forged(
    'C2-unsafe-integer',
    '2^53 + 1 reads as 2^53.',
    failed('integrity', 'number-not-exact'),
    withDocument(() => undefined).replace(
      '"achievement":',
      '"creditsEarned":9007199254740993,"achievement":',
    ),
  ),
  forged(
    'C3-lone-surrogate',
    'Half of a character.',
    failed('integrity', 'lone-surrogate'),
    HONEST.replace('Soudage', '\\ud800oudage'),
  ),
  forged(
    'C4-decomposed',
    'The same name to the eye, other bytes.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      document['name'] = String(document['name']).normalize('NFD').replace('TIG', 'TIG\u200b')
    }),
  ),
  forged(
    'C5-proto',
    'A member that reaches a prototype.',
    failed('integrity', 'forbidden-key'),
    HONEST.replace('"name":"Soudage', '"__proto__":{"valid":true},"name":"Soudage'),
  ),
  forged(
    'C6-deep',
    'Nested deeper than any stack.',
    failed('integrity', 'too-deep'),
    '['.repeat(100_000),
  ),
  forged(
    'C7-context-by-url',
    'A context that would change what terms mean.',
    failed('integrity', 'bad-context'),
    withDocument((document) => {
      document['@context'] = ['https://www.w3.org/ns/credentials/v2', 'https://attacker.example/v1']
    }),
  ),
  forged(
    'C7-inline-context',
    'A term defined anew within.',
    failed('integrity', 'bad-context'),
    withDocument((document) => {
      subject(document)['@context'] = { name: 'https://attacker.example/name' }
    }),
  ),
  forged(
    'C8-outside-the-hash',
    'A grade beside the proof.',
    failed('integrity', 'unknown-member'),
    withDocument((document) => {
      document['grade'] = 'summa cum laude'
    }),
  ),
  forged(
    'C8-inside-the-proof',
    'A grade inside the proof entry.',
    failed('integrity', 'unknown-member'),
    withDocument((document) => {
      entryOf(document)['grade'] = 'summa'
    }),
  ),
  forged(
    'C8-added-claim',
    'A claim that was never committed to.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      subject(document)['creditsEarned'] = 30
    }),
  ),
  forged(
    'C8-changed-claim',
    'A name changed.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      subject(document)['givenName'] = 'Mallory'
    }),
  ),
  forged(
    'C8-absent-claim-filled',
    'A claim that the row left empty.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      subject(document)['result'] = [{ type: ['Result'], value: '20' }]
    }),
  ),
  forged(
    'C8-type-of-value',
    'true and "true" are not the same.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      subject(document)['email'] = true
    }),
  ),
  forged(
    'hiding-undeclared',
    'A claim dropped without saying so.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      Reflect.deleteProperty(subject(document), 'familyName')
    }),
  ),
  forged(
    'hiding-what-must-show',
    'The end of validity is no hidable claim.',
    failed('inclusion', 'root-differs'),
    withDocument((document) => {
      Reflect.deleteProperty(document, 'validUntil')
    }),
  ),
  forged(
    'hiding-yet-present',
    'A claim said to be hidden, and another value shown.',
    failed('integrity', 'hidden-member-present'),
    JSON.stringify({
      ...parsed(
        textOf(hideClaims(certificateAt(3), [parsePointer('/credentialSubject/givenName', '')])),
      ),
      credentialSubject: { ...(parsed()['credentialSubject'] as Mutable), givenName: 'Mallory' },
    }),
  ),
  {
    id: 'bytes-not-utf8',
    comment: 'A byte that begins no character.',
    hex: 'ff7b7d',
    expect: failed('integrity', 'not-utf8'),
  },
  {
    id: 'bytes-with-bom',
    comment: 'A byte order mark.',
    hex: 'efbbbf7b7d',
    expect: failed('integrity', 'byte-order-mark'),
  },
]
