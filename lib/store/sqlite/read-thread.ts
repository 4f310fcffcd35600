import { parentPort, workerData } from 'node:worker_threads'
import { serve } from '#lib/thread/rpc.ts'
import { openReader } from './reader.ts'

if (parentPort !== null) serve(parentPort, openReader(workerData as string))
