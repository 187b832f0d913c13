/** Defends a disputed verdict: a report repeats it from its own inputs, and shows where it does not follow from them. */
import { expect } from 'chai'
import {
  evidenceOfBundle,
  FormatError,
  MAX_REPORT_BYTES,
  momentOf,
  parseBundle,
  parseCertificate,
  parseInstant,
  parsePolicy,
  parseReport,
  printCertificate,
  printReport,
  replay,
  utf8,
  verdictOfMalformed,
  verify,
} from '../../src/index.ts'
import type { Report } from '../../src/index.ts'
import { refusalOf } from '../support/errors.ts'
import { storedVectors } from '../support/evidence/vectors.ts'
import { certificateAt, evidenceOf, ledgerOf, NOW, policyJson } from '../support/world.ts'

const POLICY = utf8(JSON.stringify(policyJson(), null, 2))

async function honestReport(): Promise<Report> {
  const certificate = printCertificate(certificateAt(3))
  const policy = parsePolicy(POLICY)
  const evidence = await evidenceOf(certificateAt(3), ledgerOf(), policy)
  const verdict = verify(parseCertificate(certificate), evidence, policy, NOW)
  return { certificate, policy: POLICY, evidence, now: NOW, asOf: undefined, verdict }
}

function again(report: Report) {
  return replay(parseReport(printReport(report)))
}

/** The report's JSON with `change` made to it. */
function changed(report: Report, change: (json: Record<string, unknown>) => void): Uint8Array {
  const json = JSON.parse(new TextDecoder().decode(printReport(report))) as Record<string, unknown>
  change(json)
  return utf8(JSON.stringify(json))
}

describe('a report', () => {
  it('comes back as it was, and its verdict again', async () => {
    const report = await honestReport()
    expect(report.verdict.outcome).to.equal('valid')
    const read = parseReport(printReport(report))
    expect(read).to.deep.equal(report)
    expect(replay(read)).to.deep.equal({ verdict: report.verdict, same: true })
  })

  it('of a moment asked for, of a bundle, and of bytes that are no certificate', async () => {
    const asked = await honestReport()
    const policy = parsePolicy(POLICY)
    const at = parseInstant('2026-06-15T12:00:00Z', 'at')
    const { evidence } = asked
    if (evidence === null) throw new Error('no evidence')
    const verdict = verify(certificateAt(3), evidence, policy, NOW, at)
    expect(again({ ...asked, asOf: at, verdict }).same).to.equal(true)

    const stored = storedVectors().find(({ id }) => id === 'valid')
    const bytes = utf8(JSON.stringify(stored?.bundle))
    const trust = utf8(JSON.stringify(stored?.policy))
    const bundle = parseBundle(bytes)
    const shown = evidenceOfBundle(bundle, parsePolicy(trust))
    const moment = momentOf(shown)
    const judged = verify(bundle.certificate, shown, parsePolicy(trust), NOW, moment)
    const offline = { certificate: bytes, policy: trust, evidence: shown, now: NOW, asOf: moment }
    expect(judged.outcome).to.equal('valid')
    expect(again({ ...offline, verdict: judged }).same).to.equal(true)

    const none = verdictOfMalformed(new FormatError('not-json', '', ''), policy, NOW)
    const malformed = { ...asked, certificate: utf8('{'), evidence: null, verdict: none }
    expect(again(malformed)).to.deep.equal({ verdict: none, same: true })
  })

  it('says where its verdict does not follow', async () => {
    const report = await honestReport()
    const { evidence, verdict } = report
    if (evidence?.chain.observed !== true) throw new Error('no evidence')
    const revoked = await evidenceOf(
      certificateAt(3),
      ledgerOf().revoke(certificateAt(3).issuer, certificateAt(3).root, 3),
      parsePolicy(POLICY),
    )
    const other = again({ ...report, evidence: revoked })
    expect([other.same, other.verdict.outcome]).to.deep.equal([false, 'invalid'])
    expect(again({ ...report, verdict: { ...verdict, outcome: 'invalid' } }).same).to.equal(false)
    const trust = utf8(JSON.stringify(policyJson({ issuers: [] })))
    expect(again({ ...report, policy: trust }).verdict.outcome).to.equal('undetermined')
    expect(again({ ...report, now: parseInstant('2026-06-17T12:00:00Z', 'now') }).same).to.equal(
      false,
    )
  })

  it('is refused where it is not one', async () => {
    const report = await honestReport()
    const refused = (change: (json: Record<string, unknown>) => void) =>
      refusalOf(() => replay(parseReport(changed(report, change))))
    expect(refused((json) => (json['inaltera'] = 'report/2'))).to.equal('wrong-value at /inaltera')
    expect(refused((json) => (json['more'] = 1))).to.equal('unknown-member at /more')
    expect(refused((json) => (json['now'] = 'today'))).to.equal('bad-time at /now')
    expect(refused((json) => (json['evidence'] = null))).to.equal('missing-member at /evidence')
    expect(refused((json) => (json['policy'] = 'e30'))).to.match(/^missing-member at/)
    const evidence = (json: Record<string, unknown>) => json['evidence'] as Record<string, unknown>
    const chain = (json: Record<string, unknown>) =>
      evidence(json)['chain'] as Record<string, unknown>
    expect(refused((json) => (chain(json)['level'] = 'certain'))).to.match(/^wrong-value at/)
    expect(refused((json) => (chain(json)['storage'] = { a: '0x' }))).to.match(
      /at \/evidence\/chain/,
    )
    expect(
      refused(
        (json) =>
          (evidence(json)['accreditations'] = [{ accreditor: 'x', issuer: 'y', record: null }]),
      ),
    ).to.equal('bad-account at /evidence/accreditations/0/accreditor')
    expect(refusalOf(() => parseReport(new Uint8Array(MAX_REPORT_BYTES + 1)))).to.equal(
      'too-large at ',
    )
  })
})
