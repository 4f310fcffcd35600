import { parentPort, workerData } from 'node:worker_threads'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import { openWriter, type Writer } from './writer.ts'

export type WriterApi = Omit<Writer, 'db'>

const { file, dataFolder } = workerData as { file: string; dataFolder: string | null }
standBack()
if (parentPort !== null) {
  const { db, ...handlers } = openWriter(file, dataFolder)
  serve(parentPort, handlers)
}
