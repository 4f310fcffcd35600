'use client'
import { FlaskConical } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { sendSample } from './queue.ts'
import { isUnderWay } from './sending.ts'
import { useSendings } from './use-sendings.ts'

/** Loads the sample fleet: an upload like any other, with its line in the list of files, and undone like any other. */
export function SampleButton() {
  const isLoading = useSendings().some((sending) => sending.file === null && isUnderWay(sending))
  return (
    <Button onClick={sendSample} disabled={isLoading}>
      <FlaskConical aria-hidden />
      {isLoading ? 'Loading the sample fleet…' : 'Load the sample fleet'}
    </Button>
  )
}
