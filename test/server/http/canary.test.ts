/** Defends that secrets and names that pass through leave no trace: not in the log, in no error, in no metric (S11, S14). */
import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Refusal } from '../../../server/http/problems.ts'
import { fieldsOfError, logOf } from '../../../server/log.ts'
import type { LogFields } from '../../../server/log.ts'
import type { Route } from '../../../server/routes/route.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { UnavailableError } from '../../../src/index.ts'
import { bearer, newServer } from '../routes/server.ts'
import type { TestServer } from '../routes/server.ts'
import { EXAMPLES } from '../routes/walk.ts'

const CANARIES = {
  name: 'Zoé Canari-Lefèvre',
  ascii: 'CanariNom',
  email: 'canari@apprenants.example',
  passphrase: 'a canary of a passphrase',
  secret: `CanarySecret${'A'.repeat(31)}`,
  password: 'postgres-canary-password',
  code: 'CANA-RYCO-DE00',
} as const
const ALL = Object.values(CANARIES)
const encoded = ALL.map((one) => encodeURIComponent(one))

/** Whatever holds any of them, in any spelling that they were sent in. */
function leaks(text: string): string[] {
  return [...ALL, ...encoded].filter((one) => text.toLowerCase().includes(one.toLowerCase()))
}

describe('secrets and names that are sent to every route', function () {
  this.timeout(180_000)
  let server: TestServer
  let key: string
  before(async () => {
    const failing = (): never => {
      throw new UnavailableError('refused', `postgres://u:${CANARIES.password}@h/${CANARIES.name}`)
    }
    const broken = (): never => {
      throw new TypeError(`cannot read ${CANARIES.name}`, { cause: CANARIES.secret })
    }
    server = await newServer({
      context: {
        documents: {
          put: failing,
          getMany: failing,
          get: () => Promise.resolve().then(failing),
          writeCar: failing,
          readCar: failing,
          remove: failing,
          dropCar: failing,
          inspect: failing,
          audit: failing,
          check: failing,
        },
        verifier: {
          queue: { running: 0, waiting: 0 },
          verdictOn: () => Promise.resolve().then(broken),
          judge: () => Promise.resolve().then(broken),
        },
      },
    })
    key = await server.key()
  })
  after(() => server.remove())

  function pathOf(route: Route, canary: string | undefined): string {
    const { params = {} } = EXAMPLES[route.name] ?? expect.fail(route.name)
    return route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
      canary === undefined ? (params[name] ?? '') : encodeURIComponent(canary),
    )
  }

  /** Bodies with the canary whole, cut, as a member, in a wrong type and in a wrong charset. */
  const bodiesOf = (canary: string): string[] => [
    JSON.stringify({ label: canary, scopes: [canary], days: canary }),
    JSON.stringify({ [canary]: canary }),
    `{"label":"${canary}`,
    `{"label":"${canary}","label":"${canary}"}`,
    canary,
  ]

  async function sendAll(route: Route, canary: string, answers: string[]): Promise<void> {
    const { type = 'application/json', query = '' } = EXAMPLES[route.name] ?? {}
    const hasBody = route.method !== 'GET'
    const bodies: (string | undefined)[] = hasBody ? bodiesOf(canary) : [undefined]
    const mark = encodeURIComponent(canary)
    const paths = [
      `${pathOf(route, undefined)}${query}`,
      `${pathOf(route, canary)}${query}`,
      `${pathOf(route, undefined)}?${mark}=${mark}`,
    ]
    const tokens = [key, mark, CANARIES.secret]
    for (const path of paths) {
      for (const token of tokens) {
        for (const body of bodies) {
          const response = await fetch(`${server.url}${path}`, {
            method: route.method,
            headers: {
              ...bearer(token),
              'content-type': type,
              'idempotency-key': mark,
              'x-canary': mark,
              cookie: `c=${mark}`,
              'user-agent': mark,
              referer: `https://x.example/${mark}`,
              origin: `https://${mark}`,
            },
            ...(body === undefined ? {} : { body }),
          })
          answers.push(`${JSON.stringify([...response.headers])}${await response.text()}`)
        }
      }
    }
  }

  it('come back in no answer, no header, no log line at any level, no metric, no description', async () => {
    const answers: string[] = []
    for (const route of ROUTES) {
      for (const canary of ALL) await sendAll(route, canary, answers)
    }
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('data', (data) => answers.push(data.toString()))
    socket.write(`${CANARIES.ascii} /${CANARIES.ascii}\r\n${CANARIES.ascii}\r\n\r\n`)
    await once(socket, 'close')
    const missing = await fetch(`${server.url}/${CANARIES.ascii}?${CANARIES.ascii}`)
    answers.push(await missing.text())
    await wait(20)
    expect(answers.length).to.be.greaterThan(200)
    // A key that is made with a canary as its label is meant to be seen by its issuer.
    const found = answers.flatMap(leaks)
    expect(
      [...new Set(found)],
      answers.find((one) => leaks(one).length > 0),
    ).to.deep.equal([])
    expect(server.lines.length).to.be.greaterThan(200)
    const log = server.lines.join('\n')
    expect(leaks(log)).to.deep.equal([])
    expect(log).not.to.include(key.slice(26))
    expect(leaks(await server.context.metrics.text())).to.deep.equal([])
    expect(leaks(await (await fetch(`${server.url}/api/v1/openapi.json`)).text())).to.deep.equal([])
  })

  it('show in the log as what went wrong and where, so that somebody can mend it', () => {
    const problem = server.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const fault = problem.find(({ code }) => code === 'internal')
    expect(fault).to.include({ error: 'TypeError', level: 50 })
    expect(fault?.['at']).to.match(/canary\.test\.ts:\d+/)
    expect(problem.some(({ code }) => code === 'unavailable')).to.equal(true)
  })
})

describe('the log', () => {
  it('writes only what it knows, and of texts no line end', () => {
    const lines: string[] = []
    const fields = {
      code: 'a\r\n{"level":50,"msg":"forged"}\u001b[31m\u2028',
      route: '/k/:cid',
      headers: { authorization: 'Bearer x' },
      err: new Error('secret'),
      status: { toJSON: () => 'secret' },
      password: 'secret',
    }
    logOf((line) => lines.push(line), 'trace').error('problem', fields as unknown as LogFields)
    expect(lines).to.have.length(1)
    const [line = ''] = lines
    expect(line).not.to.match(/\p{Cc}|\\[rn]|\\u001b/u)
    const members = Object.keys(JSON.parse(line) as object)
    expect(members).to.have.members(['level', 'time', 'code', 'route', 'msg'])
    expect(line).not.to.include('secret').and.not.include('Bearer')
  })

  it('says of an error its kind, code and place, never its words', () => {
    const { error, code, at, reason } = fieldsOfError(new Refusal('gone', 'Zoé\n    at Zoé (x)'))
    expect([error, code, reason]).to.deep.equal(['Refusal', 'gone', undefined])
    expect(at).to.include('canary.test.ts').and.not.include('Zoé')
    expect(fieldsOfError('a text')).to.deep.equal({ error: 'string' })
  })
})
