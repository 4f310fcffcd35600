import { parentPort } from 'node:worker_threads'
import { serve } from '#lib/thread/rpc.ts'
import { checkCopy, contentOf, copyDatabase, sizeOf } from './backup.ts'

const api = { sizeOf, copyDatabase, checkCopy, contentOf }
export type BackupApi = typeof api

if (parentPort !== null) serve(parentPort, api)
