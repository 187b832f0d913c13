/** E29 of `reference/security.md` 3.3: a server that runs out of descriptors refuses connections, and does not end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { freePort } from '../../server/chain/port.ts'
import { ROOT } from '../support/source.ts'
import { inaltera, PASSPHRASE } from './command.ts'

describe('a server that has 64 descriptors', function () {
  this.timeout(60_000)
  let cwd = ''
  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-cli-'))
    await inaltera(['init', '--name', 'École des Métiers'], { cwd })
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('outlives 200 connections that are held, and answers afterwards', async () => {
    const port = await freePort()
    const main = join(ROOT, 'cli/main.ts')
    const command = `ulimit -n 64; exec "$0" "$@"`
    const args = [process.execPath, main, 'serve', '--json', '--port', `${port}`]
    const child = spawn('bash', ['-c', command, ...args], {
      cwd,
      env: { ...process.env, INALTERA_PASSPHRASE: PASSPHRASE },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const held: Socket[] = []
    try {
      await once(child.stdout, 'data')
      for (let i = 0; i < 200; i += 1) {
        const socket = connect(port, '127.0.0.1')
        socket.on('error', () => undefined)
        held.push(socket)
      }
      await sleep(1000)
      expect(child.exitCode).to.equal(null)
      for (const socket of held) socket.destroy()
      await sleep(500)
      const answer = await fetch(`http://127.0.0.1:${port}/health`)
      expect(answer.status).to.equal(200)
      const status = await inaltera(['status', '--json'], { cwd })
      expect(status.json).to.have.property('waiting')
    } finally {
      for (const socket of held) socket.destroy()
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      expect(code).to.equal(0)
    }
  })
})
