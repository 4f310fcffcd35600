import { Frame } from '#components/frame/frame.tsx'
import { NothingHere } from '#components/frame/nothing-here.tsx'

export const metadata = { title: 'Not found' }

/** No page has this address. It asks the store nothing, since such a request has no context. */
export default function NotFound() {
  return (
    <Frame>
      <NothingHere />
    </Frame>
  )
}
