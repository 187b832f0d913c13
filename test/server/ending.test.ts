/** Defends how the server's process ends (E33), and that an outage of the chain is not one of the process (E1). */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from '../support/source.ts'
import { newDataFolder } from './folder.ts'
import type { DataFolder } from './folder.ts'

describe('the process of the server', function () {
  this.timeout(60_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
  })
  after(() => data.remove())

  async function started(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [join(ROOT, 'server/main.ts')], {
      env: { ...process.env, INALTERA_DATA: data.folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const url = await new Promise<string>((resolve, reject) => {
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
        const found = /"url":"([^"]+)"/.exec(out)?.[1]
        if (found !== undefined) resolve(found)
      })
      child.once('exit', () => {
        reject(new Error(`it ended: ${out}`))
      })
    })
    return { child, url }
  }

  it('ends with 0 when told to, whatever hangs on its connections', async () => {
    const { child, url } = await started()
    const { port, hostname } = new URL(url)
    const hanging = connect(Number(port), hostname)
    hanging.on('error', () => undefined)
    hanging.write('GET /health HTTP/1.1\r\nx: ')
    await once(hanging, 'connect')
    expect((await fetch(`${url}/ready`)).status).to.equal(200)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).to.deep.equal([0, null])
  })
})
