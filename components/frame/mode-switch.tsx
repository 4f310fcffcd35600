import { SegmentLinks } from '#components/ui/segments.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'

/** Complete shows every event; faithful exactly the rows that Splunk's grouping returns. */
export function ModeSwitch({ screen }: { screen: Screen }) {
  const { mode } = screen.params
  return (
    <SegmentLinks
      label="Mode of the table"
      segments={[
        { label: 'complete', href: screenHref(screen, { mode: 'complete' }), current: mode === 'complete' },
        { label: 'faithful', href: screenHref(screen, { mode: 'faithful' }), current: mode === 'faithful' },
      ]}
    />
  )
}
