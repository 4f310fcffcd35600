import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { connectWrites } from '#lib/store/sqlite/writes.ts'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import { openDesk } from './desk.ts'
import { completeLogs, removeSpools } from './incoming.ts'

const { writes } = workerData as { writes: MessagePort }
standBack()
removeSpools()
if (parentPort !== null) serve(parentPort, openDesk(connectWrites(writes), { kept: completeLogs }))
