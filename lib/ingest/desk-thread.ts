import { parentPort, workerData } from 'node:worker_threads'
import { openSqliteWriter } from '#lib/store/sqlite/store.ts'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import { openDesk } from './desk.ts'

const { file, dataFolder } = workerData as { file: string; dataFolder: string }
standBack()
if (parentPort !== null) serve(parentPort, openDesk(openSqliteWriter(file, dataFolder)))
