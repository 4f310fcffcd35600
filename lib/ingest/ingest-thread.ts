import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { connectWrites } from '#lib/store/sqlite/writes.ts'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import { completeLogs, removeSpools } from './incoming.ts'
import { openIngestQueue } from './ingest-queue.ts'

const { writes } = workerData as { writes: MessagePort }
standBack()
removeSpools()
if (parentPort !== null) serve(parentPort, openIngestQueue(connectWrites(writes), { kept: completeLogs }))
