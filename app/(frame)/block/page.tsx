import { detections } from '#lib/asr/detections.ts'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: detections.block.title }

export default function BlockPage({ searchParams }: PageProps<'/block'>) {
  return <DetectionPage detection="block" searchParams={searchParams} />
}
