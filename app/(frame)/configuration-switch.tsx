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
          label: 'all changes',
          href: linkTo(tablePath('registry'), 'registry', screen.params),
          current: screen.table === 'registry',
        },
        {
          label: 'rules disabled',
          href: linkTo(tablePath('disabled'), 'disabled', screen.params),
          current: screen.table === 'disabled',
        },
      ]}
    />
  )
}
