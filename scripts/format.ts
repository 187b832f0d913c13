/** The one format of the code: checked, or with `--write` made. */
import { runNode } from './child.ts'

const FILES = [
  '**/*.{ts,tsx,js,css,html,sol}',
  '*.json',
  'test/vectors/**/*.json',
  '!test/vectors/**/schema/**',
]

const mode = process.argv.includes('--write') ? '--write' : '--check'
const { code } = await runNode([
  'node_modules/prettier/bin/prettier.cjs',
  '--log-level=warn',
  mode,
  ...FILES,
])
process.exitCode = code
