import { SegmentLinks } from '#components/ui/segments.tsx'
import { tablePath } from '#lib/params/hrefs.ts'
import { linkTo } from '#lib/params/link.ts'
import type { Screen } from '#lib/params/screen.ts'

/** The two detections about configuration: every change, or only rules that were switched off. The filter stays. */
export function ConfigurationSwitch({ screen }: { screen: Screen }) {
  return (
    <SegmentLinks
      label="Configuration changes"
      segments={[
        {
          label: <Label always="all" rest=" changes" />,
          href: linkTo(tablePath('registry'), 'registry', screen.params),
          current: screen.table === 'registry',
        },
        {
          label: <Label before="rules " always="disabled" />,
          href: linkTo(tablePath('disabled'), 'disabled', screen.params),
          current: screen.table === 'disabled',
        },
      ]}
    />
  )
}

/** A word, and what a phone has no room for. */
function Label({ before, always, rest }: { before?: string; always: string; rest?: string }) {
  return (
    <span className="whitespace-pre">
      <span className="max-sm:hidden">{before}</span>
      {always}
      <span className="max-sm:hidden">{rest}</span>
    </span>
  )
}
