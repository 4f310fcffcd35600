import { notFound } from 'next/navigation'

/** Every address without a screen: the not-found screen inside the frame, so that the rail leads on. */
export default function Nowhere() {
  notFound()
}
