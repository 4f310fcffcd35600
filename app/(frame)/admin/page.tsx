import { redirect } from 'next/navigation'
import { adminPaths } from '#lib/params/hrefs.ts'

/** Administration begins with its users. */
export default function AdminIndex(): never {
  redirect(adminPaths.users)
}
