/** Defends that nobody is told of a batch for long who may not ask of it any more. */
import { expect } from 'chai'
import { newBatchesSite, APPROVAL_FROM, manyRows } from '../../web/batches-site.ts'
import type { BatchesSite } from '../../web/batches-site.ts'
import { cookieAt, OF_CONSOLE } from './console.ts'
import type { Headers as Sent } from './console.ts'

describe('the events of a batch', function () {
  this.timeout(60_000)
  let site: BatchesSite
  let path = ''

  before(async () => {
    site = await newBatchesSite()
    const body = manyRows(site.rows, APPROVAL_FROM)
    const query = `template=${site.template}`
    const taken = await site.call('POST', `/batches?${query}`, { body, type: 'text/csv' })
    // It waits for another person: of itself its stream would not end.
    path = `${site.url}/api/v1/batches/${String(taken.json['id'])}/events`
  })
  after(() => site.remove())

  async function listening(headers: Sent): Promise<{ rest: () => Promise<string> }> {
    const response = await fetch(path, { headers })
    expect(response.status).to.equal(200)
    const reader = response.body?.getReader() ?? expect.fail('no body')
    const first = await reader.read()
    expect(Buffer.from(first.value ?? []).toString()).to.match(/^event: batch/)
    const rest = async (): Promise<string> => {
      for (let text = ''; ;) {
        const next = await reader.read()
        if (next.done) return text
        text += Buffer.from(next.value).toString()
      }
    }
    return { rest }
  }

  it('end soon after the key is revoked', async () => {
    const key = await site.key()
    const stream = await listening({ authorization: `Bearer ${key}` })
    const revoked = await site.call('DELETE', `/keys/${key.slice(9, 25)}`)
    expect(revoked.status).to.equal(204)
    expect(await stream.rest()).to.equal('')
  })

  it('end soon after somebody signs out, and those of another session go on', async () => {
    const key = await site.key()
    const mine = await cookieAt(site.url, key)
    const other = await cookieAt(site.url, key)
    const [ending, going] = [await listening(mine), await listening(other)]
    const out = await fetch(`${site.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { ...mine, ...OF_CONSOLE },
    })
    expect(out.status).to.equal(204)
    expect(await ending.rest()).to.equal('')
    let isOver = false
    const over = going.rest().then(() => {
      isOver = true
    })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(isOver).to.equal(false)
    await fetch(`${site.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { ...other, ...OF_CONSOLE },
    })
    await over
  })
})
