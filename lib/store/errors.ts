import { hasCode } from '#lib/thread/error.ts'

/** There is no space left to store something. */
export class NoSpace extends Error {
  override name = 'NoSpace'
  code = 'NO_SPACE'
}

/** Codes of the system and of SQLite for a disk, or a quota, that is used up. */
const noSpaceCodes = ['NO_SPACE', 'SQLITE_FULL', 'ENOSPC', 'EDQUOT']

/** Whether something failed because the disk is full, also in another thread. */
export const isNoSpace = (error: unknown): boolean => noSpaceCodes.some((code) => hasCode(error, code))

/** The message for the sender of an upload for which there is no space. */
export const noSpaceMessage =
  'The disk of the data folder is full. Nothing of this upload was kept. Free some space and upload it again.'

/** A file of the database was deleted or replaced while it was open: what is stored now would be lost. */
export class FileGone extends Error {
  override name = 'FileGone'
  code = 'STORE_FILE_GONE'
}

export const isFileGone = (error: unknown): error is Error => hasCode(error, 'STORE_FILE_GONE')

/** The database file is damaged. */
export class DamagedDatabase extends Error {
  override name = 'DamagedDatabase'
  code = 'DAMAGED_DATABASE'
  readonly reason: string
  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`The database ${file} is damaged: ${reason}. Stop ASR Hunt and restore a backup: npm run restore -- FILE`, {
      cause,
    })
    this.reason = reason
  }
}

/** Whether SQLite found the file damaged, also in another thread. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  /^(SQLITE_(CORRUPT|NOTADB)|DAMAGED_DATABASE)/.test(String((error as { code?: unknown }).code ?? ''))

/** More decisions than a store has at most. */
export class TooMany extends Error {
  override name = 'TooMany'
  code = 'TOO_MANY_DECISIONS'
  constructor(most: number) {
    super(`There can be ${most} decisions at most. Delete some that match nothing any more, or decide by a pattern.`)
  }
}

/** What was to be changed has another version than the change was made for. */
export class Changed extends Error {
  override name = 'Changed'
  code = 'CHANGED'
  constructor() {
    super('It was changed by somebody else meanwhile.')
  }
}

export const isChanged = (error: unknown): error is Error => hasCode(error, 'CHANGED')

export const isTooMany = (error: unknown): error is Error => hasCode(error, 'TOO_MANY_DECISIONS')

/** Another account has the name. */
export class NameTaken extends Error {
  override name = 'NameTaken'
  code = 'NAME_TAKEN'
  constructor(name: string) {
    super(`There is an account ${JSON.stringify(name)} already. Names are compared without case.`)
  }
}

export const isNameTaken = (error: unknown): error is Error => hasCode(error, 'NAME_TAKEN')

/** Without this account nobody could administer the server. */
export class LastAdmin extends Error {
  override name = 'LastAdmin'
  code = 'LAST_ADMIN'
  constructor(name: string) {
    super(`${JSON.stringify(name)} is the last administrator who is not disabled. Give another account the role first.`)
  }
}

/** The first account is not an administrator: nobody could administer the server. */
export class AdminMissing extends Error {
  override name = 'AdminMissing'
  code = 'ADMIN_MISSING'
  constructor(name: string) {
    super(
      `${JSON.stringify(name)} would be the first account, which must be an administrator: with it, the server asks everybody to sign in, and only administrators can add others. Add one with the role admin first.`,
    )
  }
}

export const isAdminMissing = (error: unknown): error is Error => hasCode(error, 'ADMIN_MISSING')

export const isLastAdmin = (error: unknown): error is Error => hasCode(error, 'LAST_ADMIN')
