import type { Mode } from '#lib/asr/codes.ts'
import { series } from './series.ts'

type Pattern = { size: number; d: string; filled?: boolean }

const patterns: Partial<Record<Mode, Pattern>> = {
  audit: { size: 5, d: 'M-1 1 1 -1M0 5 5 0M4 6 6 4' },
  override: { size: 4, d: 'M1 1h2v2h-2z', filled: true },
  configuration: { size: 3, d: 'M0 1.5h3' },
}

/** What a mark of a meaning is filled with: its hue and, for all but blocks, a pattern, so that hue is never the only difference. */
export const markFill = (prefix: string, mode: Mode): string =>
  patterns[mode] === undefined ? `var(--${mode})` : `url(#${prefix}${mode})`

type PatternsProps = { prefix: string; modes?: readonly Mode[]; scale?: number }

/** The patterns that `markFill` refers to; `prefix` keeps those of one drawing apart from another's. */
export function MarkPatterns({ prefix, modes = series, scale = 1 }: PatternsProps) {
  return (
    <defs>
      {modes.map((mode) => {
        const pattern = patterns[mode]
        if (pattern === undefined) return null
        const { size, d, filled } = pattern
        return (
          <pattern
            key={mode}
            id={`${prefix}${mode}`}
            width={size}
            height={size}
            patternUnits="userSpaceOnUse"
            patternTransform={scale === 1 ? undefined : `scale(${scale})`}
          >
            <rect width={size} height={size} fill={`var(--${mode})`} />
            <path
              d={d}
              fill={filled ? 'var(--ground)' : 'none'}
              stroke={filled ? 'none' : 'var(--ground)'}
              opacity={0.55}
            />
          </pattern>
        )
      })}
    </defs>
  )
}

/** A small square filled as the marks of a meaning are. */
export function Swatch({ mode, prefix }: { mode: Mode; prefix: string }) {
  const own = `${prefix}swatch-`
  return (
    <svg aria-hidden width={12} height={12} viewBox="0 0 12 12" className="shrink-0">
      <MarkPatterns prefix={own} modes={[mode]} />
      <rect width={12} height={12} rx={1} fill={markFill(own, mode)} />
    </svg>
  )
}
