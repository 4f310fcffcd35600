import { Layers2 } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import { stackByHref } from '#lib/params/stack-hrefs.ts'

/** Leads from a detection to the same events as stacks whose fields can be chosen. */
export function StackByLink({ detection, params }: { detection: DetectionKey; params: Params }) {
  return (
    <NavLink href={stackByHref(detection, params)} className={buttonClass('quiet')}>
      <Layers2 aria-hidden className="text-dim" />
      <span className="max-sm:sr-only">Stack by</span>
    </NavLink>
  )
}
