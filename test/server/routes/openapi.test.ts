/** Defends the description of the API: it is OpenAPI 3.1, it is complete, and the page to try it lives of it alone. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as formats from 'ajv-formats'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { openApiOf } from '../../../server/http/openapi.ts'
import { PROBLEM_CODES, PROBLEMS, typeOf } from '../../../server/http/problems.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { engineFor } from '../../support/engines.ts'
import { newServer } from './server.ts'
import type { TestServer } from './server.ts'

/**
 * The published schema leaves the dialect of schema objects open (`$dynamicRef`), which Ajv takes for the document itself;
 * here it is the plain reference to `$defs/schema`, and schema objects are checked against their own dialect below.
 */
const SCHEMA = new URL('../../schemas/openapi_3.1_2022-10-07.json', import.meta.url)

function schemaOfOpenApi(): object {
  const text = readFileSync(SCHEMA, 'utf8')
  const plain = text.replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')
  return JSON.parse(plain) as object
}

function ajvOf(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default.default(ajv)
  ajv.addFormat('media-range', true)
  return ajv
}

/** What is to be shown; of a scope, either. */
const KINDS: Partial<Record<string, readonly string[]>> = {
  public: [],
  'sign-in': [],
  holder: ['holder'],
  session: ['console'],
}

/** Every object below a member `schema`. */
function schemasIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === 'schema' && typeof member === 'object' && member !== null
      ? [member]
      : schemasIn(member),
  )
}

describe('the description of the API', () => {
  let server: TestServer
  let document: Record<string, unknown>
  before(async () => {
    server = await newServer()
    const response = await fetch(`${server.url}/api/v1/openapi.json`)
    expect(response.status).to.equal(200)
    document = (await response.json()) as Record<string, unknown>
  })
  after(() => server.remove())

  it('is OpenAPI 3.1 by the schema of those who publish it, and every schema in it is one', () => {
    const ajv = ajvOf()
    const validate = ajv.compile(schemaOfOpenApi())
    validate(document)
    expect(validate.errors ?? []).to.deep.equal([])
    const schemas = schemasIn(document)
    expect(schemas.length).to.be.greaterThan(10)
    for (const schema of schemas) {
      expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).to.equal(true)
    }
    expect(validate({ ...document, paths: { x: 1 } })).to.equal(false)
  })

  it('holds every route with its access and all its parameters', () => {
    const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>
    for (const route of ROUTES) {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
      const operation = paths[path]?.[route.method.toLowerCase()] ?? expect.fail(route.name)
      expect(operation['operationId']).to.equal(route.name)
      const wanted = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
      const parameters = (operation['parameters'] ?? []) as { name: string; in: string }[]
      const found = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
      expect(found, route.name).to.deep.equal(wanted)
      const kinds = (operation['security'] as object[]).flatMap(Object.keys)
      expect(kinds, route.name).to.deep.equal(KINDS[route.access] ?? ['apiKey', 'console'])
    }
    expect(new Set(ROUTES.map(({ name }) => name)).size).to.equal(ROUTES.length)
  })

  it('holds every code of a problem', () => {
    const text = JSON.stringify(openApiOf(ROUTES))
    for (const code of PROBLEM_CODES) {
      expect(text).to.include(typeOf(code))
      expect(PROBLEMS[code].status).to.be.within(400, 599)
    }
  })
})

describe('the page to try the API', function () {
  this.timeout(60_000)

  it('shows every route, sends with the typed key, and asks nobody else; under its own policy', async function () {
    const executablePath = engineFor(this, 'chromium')
    const server = await newServer()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => complaints.push(message.text()))
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url)) complaints.push(request.url())
      })
      const response = await page.goto(`${server.url}/api/v1/docs`)
      const policy = response?.headers()['content-security-policy'] ?? ''
      expect(policy).to.include("script-src 'self'").and.not.include('unsafe')
      await page.waitForSelector('#routes[aria-busy=false]')
      expect(await page.locator('details').count()).to.equal(ROUTES.length)
      await page.fill('#key', await server.key())
      const keys = page.locator('details', { hasText: 'GET /api/v1/keys' })
      await keys.locator('summary').click()
      await keys.getByRole('button', { name: 'Send' }).click()
      const answer = keys.getByRole('status')
      await answer.filter({ hasText: /^200/ }).waitFor()
      expect(await answer.textContent()).to.include('"scopes"')
      const stored: unknown = await page.evaluate('[localStorage.length, document.cookie]')
      expect(stored).to.deep.equal([0, ''])
      expect(complaints.filter((one) => !/favicon|^\[DOM\] Password/.test(one))).to.deep.equal([])
    } finally {
      await browser.close()
      await server.remove()
    }
  })
})
