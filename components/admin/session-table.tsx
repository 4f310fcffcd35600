import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { Session } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { visibleText } from '#lib/text/visible.ts'
import { ConfirmButton } from './confirm-button.tsx'
import '#components/table/table.css'

const methodWords: Record<Session['method'], string> = {
  password: 'password',
  link: 'one-time link',
  oidc: 'sign-in provider',
  passkey: 'passkey',
}

type Props = { sessions: readonly Session[]; current: string | null; tz: string }

/** The sessions of all users, the one used last first. */
export function SessionTable({ sessions, current, tz }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[1000px]">
        <caption className="sr-only">Sessions</caption>
        <thead>
          <tr>
            <th scope="col" className="w-44">
              User
            </th>
            <th scope="col" className="w-40">
              From
            </th>
            <th scope="col">Browser</th>
            <th scope="col" className="w-32">
              Signed in by
            </th>
            <th scope="col" className="w-42">
              Begun {tz}
            </th>
            <th scope="col" className="w-42">
              Last used {tz}
            </th>
            <th scope="col" className="w-22">
              <span className="sr-only">End</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, name, address, agent, method, createdAt, usedAt }) => (
            <tr key={id}>
              <td className="phone-title font-medium wrap-anywhere">
                {visibleText(name)}
                {id === current && <span className="font-normal text-dim"> this browser</span>}
              </td>
              <td className="phone-line wrap-anywhere" data-name="From">
                <span className="figures text-12">{visibleText(address)}</span>
              </td>
              <td className="phone-line wrap-anywhere" data-name="Browser">
                <span className="text-12">{visibleText(agent) || 'unknown'}</span>
              </td>
              <td className="phone-line" data-name="Signed in by">
                {methodWords[method]}
              </td>
              <td className="phone-line" data-name="Begun">
                <TimeCell time={createdAt} tz={tz} />
              </td>
              <td className="phone-line" data-name="Last used">
                <TimeCell time={usedAt} tz={tz} />
              </td>
              <td className="phone-line" data-name="">
                <ConfirmButton
                  verb="End"
                  name={`session of ${name} from ${address}`}
                  path={apiPaths.session(id)}
                  words="The session has ended"
                >
                  {id === current ? 'You are signed out here.' : 'This browser is signed out at once.'}
                </ConfirmButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
