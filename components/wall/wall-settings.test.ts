import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultParams } from '#lib/params/defaults.ts'
import { panelNames, readWallSettings } from './wall-settings.ts'

const params = defaultParams('events')

test('a wall without parameters does not rotate, hides user names and takes the theme of the browser', () => {
  const { settings, problems } = readWallSettings({}, params)
  assert.deepEqual(settings, {
    rotate: [],
    dwell: 15,
    theme: null,
    anchor: 'now',
    dispositions: null,
    redact: true,
    tz: 'UTC',
  })
  assert.deepEqual(problems, [])
})

test('the URL says which panels take turns, for how long, and how they look', () => {
  const { settings } = readWallSettings({ rotate: 'hosts,rare', dwell: '30', theme: 'light', redact: 'off' }, params)
  assert.deepEqual(settings.rotate, ['hosts', 'rare'])
  assert.deepEqual([settings.dwell, settings.theme, settings.redact], [30, 'light', false])
  assert.deepEqual(readWallSettings({ rotate: 'on' }, params).settings.rotate, panelNames)
})

test('what makes no sense is named and ignored', () => {
  const own = { rotate: 'hosts,nothing', dwell: '1', theme: 'blue', redact: 'maybe', dispositions: 'hide' }
  const { settings, problems } = readWallSettings(own, params)
  assert.deepEqual(settings, readWallSettings({}, params).settings)
  assert.deepEqual(problems.map(({ param, value }) => [param, value]).sort(), Object.entries(own).sort())
})

test('a name that every object has is not a value of a parameter', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const own = { rotate: name, redact: name }
    const { settings, problems } = readWallSettings(own, params)
    assert.deepEqual(settings, readWallSettings({}, params).settings)
    assert.deepEqual(problems.map(({ param, value }) => [param, value]).sort(), Object.entries(own).sort())
  }
})

test('a screen with a display token cannot show names of users, and says so', () => {
  const { settings, problems } = readWallSettings({ redact: 'off' }, params, true)
  assert.equal(settings.redact, true)
  assert.deepEqual(
    problems.map(({ param, value }) => [param, value]),
    [['redact', 'off']],
  )
  assert.deepEqual(readWallSettings({ redact: 'on' }, params, true).problems, [])
})
