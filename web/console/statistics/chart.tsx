/**
 * One number over time as bars, drawn here. What it shows is said in words as well; under a keyboard it is one stop, and
 * the arrows go from bar to bar.
 */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber, printPair } from '../../words/print.ts'
import type { Counted } from './counts.ts'
import { barMark, barName } from './bar-words.ts'
import { Bars } from './bars.tsx'
import { END_WIDTH, SCALE_WIDTH } from './chart-size.ts'
import type { Bar } from './days.ts'
import { STATISTICS } from './statistics.words.ts'

type ChartProps = {
  readonly what: Counted
  readonly bars: readonly Bar[]
  readonly unit: 'day' | 'week' | 'month'
}

export function Chart({ what, bars, unit }: ChartProps) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  const id = useId()
  const [at, setAt] = useState<number>()
  const values = bars.map((bar) => bar[what])
  const name = words.counted[what]
  const sayBar = (index: number): string => {
    const bar = bars[index]
    if (bar === undefined) return ''
    return printPair(barName(bar, unit, language), printNumber(bar[what], language), language)
  }
  const total = values.reduce((sum, value) => sum + value, 0)
  const most = values.indexOf(Math.max(...values, 0))
  const top = bars[most]
  const summary =
    top === undefined || top[what] === 0
      ? words.nothing
      : words.summary(
          printNumber(total, language),
          printNumber(top[what], language),
          barName(top, unit, language),
        )
  return (
    <figure class={`chart ${what}`} aria-labelledby={`${id}-name`}>
      <figcaption>
        <h3 id={`${id}-name`}>
          {name} <span class="quiet">{words.units[unit]}</span>
        </h3>
        <p class="quiet" id={`${id}-summary`}>
          {at === undefined ? summary : sayBar(at)}
        </p>
      </figcaption>
      <Plot
        title={words.chart(name)}
        description={summary}
        values={values}
        marks={bars.map((bar) => barMark(bar, unit, language))}
        at={at}
        move={setAt}
        say={sayBar}
      />
    </figure>
  )
}

type PlotProps = {
  readonly title: string
  readonly description: string
  readonly values: readonly number[]
  readonly marks: readonly string[]
  /** The bar that is read; undefined where none is. */
  readonly at: number | undefined
  readonly move: (index: number | undefined) => void
  readonly say: (index: number) => string
}

function Plot({ title, description, values, marks, at, move, say }: PlotProps) {
  const words = useWords(STATISTICS)
  const room = useRef<HTMLDivElement>(null)
  const width = useWidth(room)
  const last = values.length - 1
  const current = at ?? last
  const pointed = (event: PointerEvent): void => {
    const box = room.current?.getBoundingClientRect()
    if (box === undefined) return
    const index = indexAt(event.clientX - box.left, box.width, values.length)
    move(index)
  }
  return (
    <div class="chart-room" ref={room}>
      <Bars
        title={title}
        description={description}
        values={values}
        marks={marks}
        at={at}
        width={width}
      />
      <div
        class="chart-reader"
        role="slider"
        tabIndex={0}
        aria-label={`${title}. ${words.keys}`}
        aria-readonly="true"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={current}
        aria-valuetext={say(current)}
        onFocus={() => {
          move(current)
        }}
        onBlur={() => {
          move(undefined)
        }}
        onPointerMove={pointed}
        onPointerDown={pointed}
        onPointerLeave={() => {
          move(undefined)
        }}
        onKeyDown={(event) => {
          const next = steppedBy(event.key, current, last)
          if (next === undefined) return
          event.preventDefault()
          move(next)
        }}
      />
    </div>
  )
}

function steppedBy(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** Which bar a place of the drawing belongs to. */
function indexAt(x: number, width: number, count: number): number | undefined {
  const place = (x - SCALE_WIDTH) / Math.max(1, width - SCALE_WIDTH - END_WIDTH)
  return place < 0 || count === 0 ? undefined : Math.min(count - 1, Math.floor(place * count))
}

/** Drawn as wide as there is room, so that letters keep their size. */
function useWidth(room: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(480)
  useLayoutEffect(() => {
    const box = room.current
    if (box === null) return
    const watch = new ResizeObserver(() => {
      setWidth(Math.max(200, Math.round(box.clientWidth)))
    })
    watch.observe(box)
    return () => {
      watch.disconnect()
    }
  }, [])
  return width
}
