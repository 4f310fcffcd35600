import { SegmentLinks } from '#components/ui/segments.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { modeWords } from './mode-words.ts'

const modes = ['complete', 'faithful'] as const

/** Complete shows every event; faithful exactly the rows that Splunk's grouping returns. */
export function ModeSwitch({ screen }: { screen: Screen }) {
  return (
    <SegmentLinks
      label="Mode of the table"
      segments={modes.map((mode) => ({
        label: mode,
        href: screenHref(screen, { mode }),
        current: screen.params.mode === mode,
        hint: modeWords[mode],
      }))}
    />
  )
}
