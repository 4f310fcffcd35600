import { detections } from '#lib/asr/detections.ts'
import type { Screen } from '#lib/params/screen.ts'
import { ConfigurationSwitch } from '../configuration-switch.tsx'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: detections.registry.title }

export default function RegistryPage({ searchParams }: PageProps<'/registry'>) {
  const bar = (screen: Screen) => <ConfigurationSwitch screen={screen} />
  return <DetectionPage detection="registry" searchParams={searchParams} bar={bar} />
}
