'use client'
import { createContext, type ReactNode, useContext } from 'react'

/** Who is signed in, as far as the frame shows it; null on a server without accounts. */
export type User = { name: string; mayAdminister: boolean } | null

const UserContext = createContext<User>(null)

export function UserProvider({ user, children }: { user: User; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>
}

export const useUser = (): User => useContext(UserContext)
