import { parentPort, workerData } from 'node:worker_threads'
import { serve } from '#lib/thread/rpc.ts'
import { openReader } from './reader.ts'

export type ReaderApi = ReturnType<typeof openReader>

if (parentPort !== null) serve(parentPort, openReader(workerData as string))
