import { NothingHere } from '#components/frame/nothing-here.tsx'

export const metadata = { title: 'Not found' }

/** What a screen asks for is not stored. */
export default NothingHere
