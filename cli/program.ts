/** What both programs share: options, errors, exit codes. */

import { Command, CommanderError, Option } from 'commander'
import { LANGUAGES } from '../src/index.ts'
import { EXIT, failureOf } from './failure.ts'
import type { Failure } from './failure.ts'
import { speak } from './help.ts'
import type { Terminal } from './terminal.ts'

/** What a command does; the number is its exit code. */
export type Task = () => Promise<number>

/** The data folder where none is named. */
export function defaultFolder(): string {
  const named = process.env['INALTERA_DATA']
  return named === undefined || named === '' ? './inaltera-data' : named
}

export function programOf(description: string): Command {
  return new Command('inaltera')
    .description(description)
    .showHelpAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
}

/** A command with the options that all have. */
export function commandOf(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option('--json', 'print one JSON value')
    .addOption(
      new Option('--lang <language>', 'language of what is printed').choices([...LANGUAGES]),
    )
}

export function dataOption(): Option {
  return new Option('--data <folder>', 'data folder').env('INALTERA_DATA').default(defaultFolder())
}

/** Runs the program; never throws. Bad input ends with a message, a fault of our own with where it happened. */
export async function runProgram(
  program: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  speak(program, terminal.language)
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    process.exitCode = exitOf(error, terminal)
  }
}

/** Keeps the exit code of a task as the process's own. */
export async function run(task: Task): Promise<void> {
  process.exitCode = await task()
}

function exitOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version are no errors.
    if (error.exitCode === 0) return EXIT.done
    if (terminal.json) terminal.answer({ error: { code: 'usage', message: error.message } })
    return EXIT.usage
  }
  const failure = failureOf(error, terminal.words)
  if (failure !== undefined) return tell(failure, terminal)
  terminal.note(terminal.words.bug)
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT.bug
}

function tell({ code, message, details, exit }: Failure, terminal: Terminal): number {
  if (terminal.json) terminal.answer({ error: { code, message, ...details } })
  terminal.note(`${terminal.words.error} ${message}`)
  return exit
}
