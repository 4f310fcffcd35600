import { fieldClass, labelClass } from '#components/ui/field.ts'
import { type Role, roles } from '#lib/model/access.ts'
import { roleWords } from './user-words.ts'

type Props = { role: Role; onChange: (role: Role) => void }

/** The choice of a role, with what each may do. */
export function RoleField({ role, onChange }: Props) {
  return (
    <label className={labelClass}>
      Role
      <select
        value={role}
        onChange={({ target }) => onChange(roles.find((each) => each === target.value) ?? role)}
        className={fieldClass}
      >
        {roles.map((each) => (
          <option key={each} value={each}>
            {each}: {roleWords[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
