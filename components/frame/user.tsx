'use client'
import { createContext, type ReactNode, useContext } from 'react'
import { accountPlace, adminPlace, type Place } from './places.ts'

/** Who is signed in, as far as the frame shows it; null on a server without accounts. */
export type User = { name: string } | null

type Known = { user: User; mayAdminister: boolean }

const UserContext = createContext<Known>({ user: null, mayAdminister: false })

/** Says who is signed in. On a server without accounts nobody is signed in, and anyone who reaches it may administer it. */
export function UserProvider({ user, mayAdminister, children }: Known & { children: ReactNode }) {
  return <UserContext value={{ user, mayAdminister }}>{children}</UserContext>
}

export const useUser = (): User => useContext(UserContext).user

/** The screens that only some have: administration, and the own account. */
export function useOwnPlaces(): Place[] {
  const { user, mayAdminister } = useContext(UserContext)
  return [...(mayAdminister ? [adminPlace] : []), ...(user === null ? [] : [accountPlace])]
}
