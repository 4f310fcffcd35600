'use client'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useId, useRef } from 'react'
import { Bar, BarChart, BarStack, CartesianGrid, createHorizontalChart, Tooltip, XAxis, YAxis } from 'recharts'
import { modeNames } from '#lib/asr/codes.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { shortCountText } from '#lib/text/number.ts'
import { axisText, axisTimes, type Buckets } from './buckets.ts'
import { MarkPatterns, markFill } from './patterns.tsx'
import { series } from './series.ts'
import { TimelineMarks } from './timeline-marks.tsx'
import { TimelineTip } from './timeline-tip.tsx'

const Typed = createHorizontalChart<TimelinePoint, number, number>()({ BarChart, Bar, XAxis, YAxis })

const tick = { fontSize: 11, fontFamily: 'var(--font-mono)', fill: 'var(--dim)' }

type Props = { buckets: Buckets; tz: string; narrows?: Screen; label: string }

/** The bars of a timeline. A click, or Enter on the bar that the arrow keys have reached, narrows the screen to its span. */
export function TimelineBars({ buckets, tz, narrows, label }: Props) {
  const router = useRouter()
  const prefix = useId()
  const active = useRef<number | null>(null)
  const { points, length } = buckets

  const narrow = (time: number | null) => {
    if (narrows === undefined || time === null) return
    router.push(screenHref(narrows, { from: time, to: time + length - 1, last: null }), { scroll: false })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') narrow(active.current)
  }
  return (
    <div onKeyDownCapture={press} className="h-full">
      <Typed.BarChart
        responsive
        data={points}
        title={label}
        desc={
          narrows === undefined ? 'Arrow keys move from bar to bar.' : 'Arrow keys move from bar to bar, Enter narrows.'
        }
        style={{ width: '100%', height: '100%', cursor: narrows === undefined ? 'default' : 'pointer' }}
        margin={{ top: 14, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={points.length > 90 ? 0.5 : '15%'}
        onClick={() => narrow(active.current)}
      >
        <MarkPatterns prefix={prefix} />
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <Typed.XAxis
          dataKey="time"
          ticks={axisTimes(buckets, tz, 12)}
          tickFormatter={(time: number) => axisText(time, length, tz)}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          interval="preserveStart"
          minTickGap={16}
          height={24}
        />
        <Typed.YAxis
          width="auto"
          tickCount={4}
          allowDecimals={false}
          tickFormatter={shortCountText}
          tick={tick}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active: isActive, label: time }) => {
            const point = isActive ? points.find((each) => each.time === time) : undefined
            return point === undefined ? null : (
              <TimelineTip point={point} length={length} tz={tz} narrows={narrows !== undefined} into={active} />
            )
          }}
        />
        <BarStack>
          {series.map((mode) => (
            <Typed.Bar
              key={mode}
              dataKey={mode}
              name={modeNames[mode]}
              fill={markFill(prefix, mode)}
              // What is stacked below counts into the value given here, so that the point is asked.
              minPointSize={(_, index) => ((points[index]?.[mode] ?? 0) > 0 ? 1.5 : 0)}
              isAnimationActive={false}
            />
          ))}
        </BarStack>
        <TimelineMarks points={points} />
      </Typed.BarChart>
    </div>
  )
}
