import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { CancelledQuestion } from '#components/stack/cancelled-question.tsx'
import { StackBuilder } from '#components/stack/stack-builder.tsx'
import { StackProgress } from '#components/stack/stack-progress.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { openQuestion, QuestionCancelled } from '#lib/http/open-questions.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { ask } from '#lib/query/question.ts'
import { Stacks } from './stacks.tsx'

const title = 'Workbench'
export const metadata = { title }

/** Events as stacks over the fields that the URL names, the rare end first. */
export default async function StackPage({ searchParams }: PageProps<'/stack'>) {
  const { screen, problems } = readScreen(tablePath('stack'), 'stack', await searchParams, ['cols', 'pin'])
  if (showsNothing(problems)) return <NothingShown title={title} screen={screen} problems={problems} />
  const { reads, now } = await context()
  const question = await ask(reads, screen.params, now)
  const { id, answer } = openQuestion(() => Stacks({ screen, question }))
  const table = answer.catch((error: unknown) => {
    if (error instanceof QuestionCancelled) return <CancelledQuestion screen={screen} />
    throw error
  })
  return (
    <>
      <Bar title={title} screen={screen} window={question.window} has={{ time: true, search: true }} />
      <Problems problems={problems} />
      {question.window.newest !== null && <StackBuilder screen={screen} />}
      <WhenReady fallback={<TableSkeleton />} meanwhile={<StackProgress id={id} />}>
        {table}
      </WhenReady>
    </>
  )
}
