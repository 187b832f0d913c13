/** Moments asked for, clocks that differ, and texts of which SPEC says which fault is met first. */
import { parseInstant, printInstant } from '../../../src/index.ts'
import { withProof } from '../attacks/forge.ts'
import { ANCHORED_AT, BATCH, HEAD_TIME, ISSUER, ledgerOf } from '../world.ts'
import { bad, judgedOf, open, seen, VALID } from './judged.ts'
import type { Judged } from './judged.ts'

/** A past moment asked for. */
export async function pastVectors(): Promise<Judged[]> {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '')
  const revoked = await seen(ledgerOf().revoke(ISSUER, BATCH.root, 3))
  return Promise.all([
    judgedOf(
      'past-before-anchor',
      'The second before the anchor.',
      bad('anchor', 'anchored-later'),
      { asOf: at(ANCHORED_AT - 1) },
    ),
    judgedOf('past-at-anchor', 'The second of the anchor.', VALID, { asOf: at(ANCHORED_AT) }),
    judgedOf(
      'past-revoked-since',
      'Revoked by now; when is not known.',
      open('status-date-unknown', 'status'),
      { asOf: at(HEAD_TIME - 1), evidence: revoked },
    ),
    judgedOf(
      'past-revoked-at-block',
      'Revoked by the moment of the block.',
      bad('status', 'revoked'),
      { asOf: at(HEAD_TIME), evidence: revoked },
    ),
    judgedOf(
      'past-after-block',
      'A nanosecond later than the block.',
      open('as-of-after-evidence', 'anchor'),
      { asOf: at(HEAD_TIME).replace('Z', '.000000001Z') },
    ),
    judgedOf('past-before-validity', 'Before its validity.', bad('anchor', 'anchored-later'), {
      asOf: '2026-06-14T23:59:59Z',
    }),
  ])
}

/** Proof values with more than one fault, or a value of another type than the form asks for. */
export async function textVectors(): Promise<Judged[]> {
  const refused = (id: string, comment: string, code: string, change: Record<string, unknown>) => {
    const text = withProof((value) => {
      for (const [name, member] of Object.entries(change)) {
        if (member === undefined) Reflect.deleteProperty(value, name)
        else value[name] = member
      }
    })
    return judgedOf(id, comment, bad('integrity', code), { text })
  }
  return Promise.all([
    refused('text-root-number', 'A root that is a number.', 'not-canonical-hex', { root: 7 }),
    refused('text-home-number', 'A home that is a number.', 'bad-account', { home: 7 }),
    refused('text-size-fraction', 'A size of three and a half.', 'out-of-range', { size: 3.5 }),
    refused('text-size-text', 'A size that is a text.', 'wrong-type', { size: '7' }),
    refused(
      'text-unknown-and-missing',
      'A member unknown and another missing: the unknown one is met first.',
      'unknown-member',
      { salt: undefined, salts: 1 },
    ),
  ])
}

/** A moment as far ahead as is borne, and a nanosecond further: fractions of an age are dropped downwards. */
export async function clockVectors(): Promise<Judged[]> {
  const at = (id: string, comment: string, expect: Judged['expect'], text: string) =>
    judgedOf(id, comment, expect, { now: printInstant(parseInstant(text, 'now')) })
  return Promise.all([
    at(
      'clock-behind-60',
      'The block is 60.999999999 s ahead: 60.',
      VALID,
      '2026-06-16T08:52:19.000000001Z',
    ),
    at(
      'clock-behind-61',
      '61 s ahead.',
      open('head-from-future', 'anchor'),
      '2026-06-16T08:52:19Z',
    ),
    at(
      'clock-ahead-3600',
      'The block is 3,600.999999999 s old: 3,600.',
      VALID,
      '2026-06-16T09:53:20.999999999Z',
    ),
    at('clock-ahead-3601', '3,601 s old.', open('stale', 'operator'), '2026-06-16T09:53:21Z'),
  ])
}
