/**
 * The log: one JSON object a line. Only members named here are written, and only texts, numbers and booleans: whatever
 * else a caller hands in (a request, a body, an error with input in it) leaves no trace.
 */

import { pino } from 'pino'
import type { Logger } from 'pino'
import { InvariantError } from '../src/index.ts'

const MEMBERS = [
  'id',
  'method',
  'route',
  'status',
  'ms',
  'code',
  'error',
  'reason',
  'at',
  'batch',
] as const
export type LogMember = (typeof MEMBERS)[number]
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error'

export type LogFields = Readonly<Partial<Record<LogMember, string | number | boolean | undefined>>>
export type Log = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (message: string, fields?: LogFields) => void>
>

const MAX_TEXT = 4000

/** `message` is always a constant of ours. */
export function logOf(write: (line: string) => void, level: LogLevel = 'info'): Log {
  const stream = {
    write: (text: string): void => {
      write(text.trimEnd())
    },
  }
  const logger = pino({ base: null, level, formatters: { log: known } }, stream)
  return {
    debug: sayerOf(logger, 'debug'),
    info: sayerOf(logger, 'info'),
    warn: sayerOf(logger, 'warn'),
    error: sayerOf(logger, 'error'),
  }
}

/**
 * What may be said of an error: its kind, its code and where it was thrown. Its message stays out, for it may quote what
 * it failed on; only the words of a broken promise of our own are kept.
 */
export function fieldsOfError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    error: error.name,
    at: framesOf(error),
    ...(code === undefined ? {} : { code }),
    ...(error instanceof InvariantError ? { reason: error.message } : {}),
  }
}

function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').map((line) => line.trim())
  return frames.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)).join(' | ')
}

function sayerOf(logger: Logger, level: 'debug' | 'info' | 'warn' | 'error') {
  return (message: string, fields: LogFields = {}): void => {
    logger[level](fields, message)
  }
}

function known(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = MEMBERS.map((name) => [name, plain(fields[name])] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function plain(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  // JSON escapes line ends already; a viewer that prints the value must not be fooled by them either.
  if (typeof value === 'string') return value.slice(0, MAX_TEXT).replaceAll(/\p{Cc}/gu, ' ')
  return undefined
}
