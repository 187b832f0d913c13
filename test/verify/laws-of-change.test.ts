/** Defends what a holder cannot do: leave out anything that is not hidable, or change anything that ties it to the chain. */
import { expect } from 'chai'
import fc from 'fast-check'
import { FormatError, hideClaims, parseCertificate, utf8 } from '../../src/index.ts'
import type { Certificate, Json, Outcome } from '../../src/index.ts'
import { HONEST, parsed, textOf, withProof, withProofText } from '../support/attacks/forge.ts'
import type { Mutable } from '../support/attacks/forge.ts'
import { changed } from '../credential/changed.ts'
import { certificateAt, judged, POINTERS } from '../support/world.ts'

const RUNS = Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100)

async function outcomeOf(text: string): Promise<Outcome> {
  let certificate: Certificate
  try {
    certificate = parseCertificate(utf8(text))
  } catch (error) {
    if (error instanceof FormatError) return 'invalid'
    throw error
  }
  return (await judged(certificate)).outcome
}

/** Every place of a document, objects and lists themselves among them, as JSON Pointers. */
function placesOf(json: unknown, at = ''): string[] {
  if (typeof json !== 'object' || json === null) return [at]
  const inner = Object.entries(json).flatMap(([name, value]) =>
    placesOf(value, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
  return at === '' ? inner : [at, ...inner]
}

/** Other values of the same kind and of others, whatever stands there now. */
function othersOf(value: unknown): Json[] {
  const kinds: Json[] = ['', 'x', 0, 1, 2 ** 32 - 1, true, [], {}]
  if (typeof value === 'number') return [...kinds, value + 1, value - 1]
  if (typeof value !== 'string') return kinds
  const last = value.at(-1) === '0' ? '1' : '0'
  return [...kinds, value.slice(0, -1) + last, value.slice(0, -1), `${value}0`, value.toUpperCase()]
}

function valueAt(json: unknown, place: string): unknown {
  const names = place.split('/').slice(1)
  return names.reduce<unknown>(
    (node, name) => (node as Mutable)[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    json,
  )
}

/** The members of the proof value of a certificate. */
function proofOf(text: string): Mutable {
  let members: Mutable = {}
  withProofText((inner) => {
    members = JSON.parse(inner) as Mutable
    return inner
  }, text)
  return members
}

const PRESENTATION = textOf(hideClaims(certificateAt(3), POINTERS.slice(0, 3)))

describe('nothing else can be hidden', () => {
  it('no member at any depth, and no item of a list, can be left out', async () => {
    for (const text of [HONEST, PRESENTATION]) {
      expect(await outcomeOf(text)).to.equal('valid')
      const document = parsed(text)
      const places = placesOf(document)
      expect(places).to.have.length.greaterThan(30)
      for (const place of places) {
        const less = JSON.stringify(withoutPlace(document as Json, place))
        expect(await outcomeOf(less), place).not.to.equal('valid')
      }
    }
  })

  it('nor several at once, even with their pointers said to be hidden', async () => {
    const document = parsed()
    const places = placesOf(document).filter((place) => !place.startsWith('/proof'))
    await fc.assert(
      fc.asyncProperty(fc.subarray(places, { minLength: 1, maxLength: 4 }), async (gone) => {
        // From the deepest up and the last item on, so that no place moves before it is gone.
        const less = [...gone]
          .reverse()
          .reduce((json, at) => withoutPlace(json, at), document as Json)
        const hidden = Object.fromEntries(gone.map((place) => [place, `0x${'1'.repeat(64)}`]))
        const text = JSON.stringify(less)
        expect(await outcomeOf(text)).not.to.equal('valid')
        const claimed = withProof((proof) => {
          proof['hidden'] = hidden
          for (const place of gone) Reflect.deleteProperty(proof['disclosed'] as object, place)
        }, text)
        expect(await outcomeOf(claimed)).not.to.equal('valid')
      }),
      { numRuns: RUNS },
    )
  })

  it('nor a hidable claim without saying so', async () => {
    for (const pointer of POINTERS) {
      const document = parsed()
      if (valueAt(document, pointer) === undefined) continue
      const text = JSON.stringify(changed(document as Json, { at: pointer }))
      expect(await outcomeOf(text), pointer).not.to.equal('valid')
      const silent = withProof((proof) => {
        Reflect.deleteProperty(proof['disclosed'] as object, pointer)
      }, text)
      expect(await outcomeOf(silent), pointer).not.to.equal('valid')
    }
  })
})

describe('nothing that ties a certificate to the chain can be another', () => {
  for (const [what, text] of [
    ['whole', HONEST],
    ['partly hidden', PRESENTATION],
  ] as const) {
    it(`no value in the proof of a certificate that is ${what}, at any depth`, async () => {
      const proof = proofOf(text)
      expect(withProof(() => undefined, text)).to.equal(JSON.stringify(parsed(text)))
      for (const place of placesOf(proof)) {
        const value = valueAt(proof, place)
        for (const other of othersOf(value)) {
          if (JSON.stringify(other) === JSON.stringify(value)) continue
          const forged = withProof(
            (members) =>
              Object.assign(members, changed(members as Json, { at: place, value: other })),
            text,
          )
          const label = `${place}: ${JSON.stringify(other)}`
          expect(await outcomeOf(forged), label).not.to.equal('valid')
        }
        const less = changed(proof as Json, { at: place }) as Mutable
        const forged = withProof((members) => {
          for (const name of Object.keys(members)) Reflect.deleteProperty(members, name)
          Object.assign(members, JSON.parse(JSON.stringify(less)) as Mutable)
        }, text)
        expect(await outcomeOf(forged), `${place} gone`).not.to.equal('valid')
      }
    })
  }

  it('and no two of its values can be exchanged', async () => {
    const path = certificateAt(3).path
    expect(path.length).to.be.greaterThan(1)
    const swapped = withProof((proof) => (proof['path'] = [...path].reverse()))
    expect(await outcomeOf(swapped)).not.to.equal('valid')
    for (const member of ['disclosed', 'hidden'] as const) {
      const pointers = Object.keys(proofOf(PRESENTATION)[member] as object)
      const [first = '', second = ''] = pointers
      const exchanged = withProof((proof) => {
        const claims = proof[member] as Mutable
        ;[claims[first], claims[second]] = [claims[second], claims[first]]
      }, PRESENTATION)
      expect(await outcomeOf(exchanged), member).not.to.equal('valid')
    }
  })
})

/** The document without what stands at a place, if it still stands there. */
function withoutPlace(json: Json, at: string): Json {
  const parent = at.slice(0, at.lastIndexOf('/'))
  const list = valueAt(json, parent)
  if (!Array.isArray(list)) return changed(json, { at })
  const items = list.filter(
    (_, position) => String(position) !== at.slice(parent.length + 1),
  ) as Json[]
  return changed(json, { at: parent, value: items })
}
