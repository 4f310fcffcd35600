import { Count } from '#components/table/cells/count.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { Account } from '#lib/model/access.ts'
import { visibleText } from '#lib/text/visible.ts'
import { MaybeTime } from './cells.tsx'
import { ChangeUser } from './change-user.tsx'
import { proofOf } from './user-words.ts'
import '#components/table/table.css'

type Props = { users: readonly Account[]; own: string | null; tz: string }

/** The accounts, each with its role, how it signs in, and the way to change it. */
export function UserTable({ users, own, tz }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[860px]">
        <caption className="sr-only">Users</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="w-28">
              Role
            </th>
            <th scope="col" className="w-44">
              Signs in by
            </th>
            <th scope="col" className="end w-22">
              Sessions
            </th>
            <th scope="col" className="w-42">
              Last seen {tz}
            </th>
            <th scope="col" className="w-42">
              Added {tz}
            </th>
            <th scope="col" className="w-24">
              <span className="sr-only">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id}>
              <td className="phone-title wrap-anywhere">
                <span className={user.isDisabled ? 'text-dim line-through' : 'font-medium'}>
                  {visibleText(user.name)}
                </span>
                {user.isDisabled && <span className="text-dim"> disabled</span>}
                {user.id === own && <span className="font-normal text-dim"> you</span>}
              </td>
              <td className="phone-figure">{user.role}</td>
              <td className="phone-line" data-name="Signs in by">
                {proofOf(user)}
              </td>
              <td className="phone-line end" data-name="Sessions">
                <Count value={user.sessions} />
              </td>
              <td className="phone-line" data-name="Last seen">
                <MaybeTime time={user.usedAt} tz={tz} none="never" />
              </td>
              <td className="phone-line" data-name="Added">
                <TimeCell time={user.createdAt} tz={tz} />
              </td>
              <td className="phone-line" data-name="">
                <ChangeUser user={user} isOwn={user.id === own} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
