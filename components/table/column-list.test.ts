import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canMove, listed, moved, pinnedToggled, shownToggled } from './column-list.ts'

const all = ['dest', 'Path', 'User', 'ID']
const list = listed(['Path', 'dest', 'User'], ['Path'], all)
const names = (of: readonly { name: string }[]) => of.map(({ name }) => name)

test('columns are listed from left to right, then those that are hidden', () => {
  assert.deepEqual(list, [
    { name: 'Path', isShown: true, isPinned: true },
    { name: 'dest', isShown: true, isPinned: false },
    { name: 'User', isShown: true, isPinned: false },
    { name: 'ID', isShown: false, isPinned: false },
  ])
})

test('a column is moved among the pinned ones or among the others, never past them', () => {
  assert.deepEqual(names(moved(list, 'dest', 1)), ['Path', 'User', 'dest', 'ID'])
  assert.equal(canMove(list, 'dest', -1), false)
  assert.equal(canMove(list, 'User', 1), false)
  assert.equal(canMove(list, 'ID', -1), false)
  assert.equal(moved(list, 'Path', 1), list)
  assert.equal(moved(list, 'nonsense', 1), list)
})

test('a pinned column is the last of the pinned ones, and after that the first of the others', () => {
  const pinned = pinnedToggled(list, 'User')
  assert.deepEqual(names(pinned), ['Path', 'User', 'dest', 'ID'])
  assert.deepEqual(names(pinnedToggled(pinned, 'Path')), ['User', 'Path', 'dest', 'ID'])
})

test('a column that is shown comes last, one that is hidden is not pinned, and the last one stays', () => {
  assert.deepEqual(names(shownToggled(list, 'ID')), ['Path', 'dest', 'User', 'ID'])
  const hidden = shownToggled(list, 'Path')
  assert.deepEqual(hidden.at(-2), { name: 'Path', isShown: false, isPinned: false })
  const one = listed(['dest'], [], all)
  assert.equal(shownToggled(one, 'dest'), one)
})
