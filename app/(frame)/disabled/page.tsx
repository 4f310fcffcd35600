import { detections } from '#lib/asr/detections.ts'
import type { Screen } from '#lib/params/screen.ts'
import { ConfigurationSwitch } from '../configuration-switch.tsx'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: detections.disabled.title }

export default function DisabledPage({ searchParams }: PageProps<'/disabled'>) {
  const bar = (screen: Screen) => <ConfigurationSwitch screen={screen} />
  return <DetectionPage detection="disabled" searchParams={searchParams} bar={bar} />
}
