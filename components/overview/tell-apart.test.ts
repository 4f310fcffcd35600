import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellApart } from './tell-apart.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const row = (Path: string, Process_Name = 'C:\\a\\run.exe', EventCode = 1121) => ({
  ...{ ID: office, Process_Name, Path, EventCode },
})
const pathsOf = (...rows: ReturnType<typeof row>[]) => tellApart(rows).map(({ path }) => path)

test('rows with the same file names begin with the folder in which they differ', () => {
  assert.deepEqual(
    pathsOf(row('C:\\Windows\\IMECache\\{1}\\setup.exe'), row('C:\\Windows\\IMECache\\{2}\\x\\setup.exe')),
    ['…\\{1}\\', '…\\{2}\\x\\'],
  )
  assert.deepEqual(pathsOf(row('C:\\Users\\ann\\setup.exe'), row('C:\\Users\\anna\\setup.exe'), row('D:\\b.exe')), [
    '…\\ann\\',
    '…\\anna\\',
    'D:\\',
  ])
  assert.deepEqual(pathsOf(row('C:\\Temp\\setup.exe'), row('D:\\Temp\\setup.exe')), ['C:\\Temp\\', 'D:\\Temp\\'])
})

test('rows that differ elsewhere keep their folders, and a path without a folder has none', () => {
  const folder = 'C:\\Windows\\IMECache\\'
  assert.deepEqual(pathsOf(row(`${folder}a.exe`), row(`${folder}b.exe`), row('NULL')), [folder, folder, ''])
  assert.deepEqual(pathsOf(row(`${folder}a.exe`), row(`${folder}a.exe`, 'C:\\a\\run.exe', 1122)), [folder, folder])
})

test('rows that differ in nothing but the folder of the process begin with that', () => {
  const shown = tellApart([row('C:\\x.exe', 'C:\\apps\\1\\run.exe'), row('C:\\x.exe', 'C:\\apps\\2\\run.exe')])
  assert.deepEqual(
    shown.map(({ process }) => process),
    ['…\\1\\', '…\\2\\'],
  )
})
