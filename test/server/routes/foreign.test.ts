/** Defends what scripts of other sites may read: what anybody may who knows the address, and nothing as who is signed in. */
import { expect } from 'chai'
import { BlockError } from '../../../server/ipfs/documents.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { routeContext } from './context.ts'
import { bearer, newServer } from './server.ts'
import type { TestServer } from './server.ts'
import { EXAMPLES } from './walk.ts'

const ORIGIN = 'https://elsewhere.example'

describe('a script of another site', () => {
  let server: TestServer

  before(async () => {
    const { documents } = routeContext({} as TestServer['store'])
    const get = (cid: string) => Promise.reject(new BlockError('missing', cid))
    server = await newServer({ context: { documents: { ...documents, get } } })
  })
  after(() => server.remove())

  const pathOf = ({ name, path }: (typeof ROUTES)[number]): string => {
    const { params = {}, query = '' } = EXAMPLES[name] ?? {}
    return path.replaceAll(/:(\w+)/g, (_, one: string) => params[one] ?? '') + query
  }

  it('reads blocks, halves of keys, states, successors, shares, policy and profiles, and refusals', async () => {
    const open = ROUTES.filter(({ foreign }) => foreign === true)
    expect(open.map(({ name }) => name)).to.have.members([
      'getBlock',
      'getServerKey',
      'getDocument',
      'getShare',
      'getSuccessor',
      'getPolicy',
      'getIssuerProfile',
    ])
    for (const route of open) {
      const headers = { origin: ORIGIN, ...bearer('A'.repeat(43)) }
      const answer = await fetch(`${server.url}${pathOf(route)}`, { headers })
      expect(answer.status, route.name).to.equal(route.name === 'getPolicy' ? 200 : 404)
      expect(answer.headers.get('access-control-allow-origin'), route.name).to.equal('*')
      expect(answer.headers.get('access-control-allow-credentials')).to.equal(null)
      const preflight = await fetch(`${server.url}${pathOf(route)}`, {
        method: 'OPTIONS',
        headers: { origin: ORIGIN, 'access-control-request-headers': 'authorization' },
      })
      expect(preflight.status).to.equal(204)
      expect(preflight.headers.get('access-control-allow-headers')).to.equal('authorization')
      const methods = route.head === false ? 'GET' : 'GET, HEAD'
      expect(preflight.headers.get('access-control-allow-methods')).to.equal(methods)
    }
  })

  it('reads no other answer, and asks nothing else that a browser would have to be allowed', async () => {
    const openPaths = ROUTES.filter(({ foreign }) => foreign === true).map(({ path }) => path)
    for (const route of ROUTES.filter(({ foreign }) => foreign !== true)) {
      const url = `${server.url}${pathOf(route)}`
      // What may be read at an address may not be changed there: its methods are told above.
      if (openPaths.includes(route.path)) continue
      const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: ORIGIN } })
      expect(preflight.status, route.name).to.equal(405)
      expect(preflight.headers.get('access-control-allow-origin'), route.name).to.equal(null)
    }
    for (const route of ROUTES.filter(({ foreign }) => foreign !== true)) {
      if (!['GET', 'DELETE'].includes(route.method)) continue
      const { method } = route
      const { headers } = await fetch(`${server.url}${pathOf(route)}`, {
        method,
        headers: { origin: ORIGIN },
      })
      expect(headers.get('access-control-allow-origin'), route.name).to.equal(null)
    }
  })
})
