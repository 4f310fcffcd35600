import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: 'ASR Block Events' }

export default function BlockPage({ searchParams }: PageProps<'/block'>) {
  return <DetectionPage detection="block" searchParams={searchParams} />
}
