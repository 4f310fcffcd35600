'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Permission } from '#lib/model/access.ts'
import { accountPlace, adminPlace, type Place } from './places.ts'

/** Who is signed in, as far as the frame shows it; null on a server without accounts. */
export type User = { name: string } | null

type Known = { user: User; permissions: readonly Permission[] }

const UserContext = createContext<Known>({ user: null, permissions: [] })

/** Says who is signed in, and what they may do. On a server without accounts nobody is signed in, and anyone who reaches it may do everything. */
export function UserProvider({ user, permissions, children }: Known & { children: ReactNode }) {
  return <UserContext value={{ user, permissions }}>{children}</UserContext>
}

export const useUser = (): User => useContext(UserContext).user

/** Whether the server would do what needs a permission: what it would refuse is not offered. */
export const useMay = (permission: Permission): boolean => useContext(UserContext).permissions.includes(permission)

/** The screens that only some have: administration, and the own account. */
export function useOwnPlaces(): Place[] {
  const isSignedIn = useUser() !== null
  return [...(useMay('administer') ? [adminPlace] : []), ...(isSignedIn ? [accountPlace] : [])]
}
