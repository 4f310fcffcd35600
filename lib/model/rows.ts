/** The types of all rows. Their schemas are in the files named here. */
export type * from './continuity-rows.ts'
export type * from './figures.ts'
export type * from './hosts.ts'
export type * from './hunting.ts'
export type * from './receipt.ts'
export type * from './risk.ts'
export type { Page, Time } from './schema.ts'
export type { UploadState } from './upload.ts'
