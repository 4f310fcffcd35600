import { readNumbers } from '#lib/process/number-settings.ts'
import { quota } from '#lib/store/settings.ts'

/** What senders of logs may use. Each is a setting of the environment. */
export type UploadLimits = { bytes: number; idleSeconds: number; clientBytes: number; totalBytes: number }

const settings = {
  bytes: { name: 'UPLOAD_MAX_BYTES', value: 64 * 1024 ** 3 },
  idleSeconds: { name: 'UPLOAD_IDLE_SECONDS', value: 60 },
  clientBytes: { name: 'INCOMING_MAX_BYTES_PER_CLIENT', value: 128 * 1024 ** 3 },
  totalBytes: quota,
} as const

/** The limits as set. @throws if a setting is not a number above 0. */
export const uploadLimits = (environment: Record<string, string | undefined> = process.env): UploadLimits =>
  readNumbers(settings, environment)

/** The setting that changes a limit. */
export const settingOf = (limit: keyof UploadLimits): string => settings[limit].name
