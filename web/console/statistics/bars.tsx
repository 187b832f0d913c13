/** The drawing of a chart: lines of its scale, bars, days under them. */
import { useId } from 'preact/hooks'
import { useLanguage } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { ticksOf } from './scale.ts'
import { END_WIDTH, SCALE_WIDTH } from './chart-size.ts'

type BarsProps = {
  readonly title: string
  readonly description: string
  readonly values: readonly number[]
  readonly marks: readonly string[]
  readonly at: number | undefined
  /** Of the drawing, in pixels. */
  readonly width: number
}

const HEIGHT = 176
const TOP = 12
const BOTTOM = 28
const MARK_WIDTH = 60

export function Bars({ title, description, values, marks, at, width }: BarsProps) {
  const id = useId()
  const language = useLanguage()
  const ticks = ticksOf(Math.max(0, ...values))
  const highest = ticks.at(-1) ?? 1
  const tall = HEIGHT - TOP - BOTTOM
  const slot = (width - SCALE_WIDTH - END_WIDTH) / Math.max(1, values.length)
  const bar = Math.max(2, Math.min(40, slot * 0.68))
  const yOf = (value: number): number => TOP + tall * (1 - value / highest)
  const xOf = (index: number): number => SCALE_WIDTH + slot * index + (slot - bar) / 2
  return (
    <svg
      class="chart-drawing"
      role="img"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {ticks.map((tick) => (
        <g key={tick} class="chart-tick">
          <line x1={SCALE_WIDTH} x2={width - END_WIDTH} y1={yOf(tick)} y2={yOf(tick)} />
          <text x={SCALE_WIDTH - 8} y={yOf(tick) + 4} text-anchor="end">
            {printNumber(tick, language)}
          </text>
        </g>
      ))}
      {at !== undefined && (
        <rect class="chart-read" x={SCALE_WIDTH + slot * at} y={TOP} width={slot} height={tall} />
      )}
      {values.map((value, index) => (
        <rect
          key={index}
          class={`chart-bar${value === 0 ? ' none' : ''}${index === at ? ' read' : ''}`}
          x={xOf(index)}
          y={value === 0 ? yOf(0) - 1 : Math.min(yOf(value), yOf(0) - 2)}
          width={bar}
          height={value === 0 ? 1 : Math.max(2, yOf(0) - yOf(value))}
          rx={Math.min(3, bar / 3)}
        />
      ))}
      {placesOf(marks.length, width).map((index) => (
        <text
          key={index}
          class="chart-mark"
          x={xOf(index) + bar / 2}
          y={HEIGHT - 8}
          text-anchor="middle"
        >
          {marks[index]}
        </text>
      ))}
    </svg>
  )
}

/** Which bars have their day under them: as many as find room, the last among them. */
function placesOf(count: number, width: number): readonly number[] {
  const room = Math.max(2, Math.floor((width - SCALE_WIDTH - END_WIDTH) / MARK_WIDTH))
  const step = Math.max(1, Math.ceil(count / room))
  return Array.from({ length: count }, (_, i) => i).filter((i) => (count - 1 - i) % step === 0)
}
