import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barShapes } from './bar-shapes.ts'

const none = { block: 0, audit: 0, override: 0, configuration: 0 }

test('bars are stacked from the ground, and the smallest part can be seen', () => {
  const points = [
    { ...none, time: 0, block: 50, audit: 25 },
    { ...none, time: 1, block: 0, override: 1 },
  ]
  const shapes = barShapes(points, 100, 0.02)
  assert.equal(shapes.block, 'M750 5000h3500V10000h-3500z')
  assert.equal(shapes.audit, 'M750 2500h3500V5000h-3500z')
  assert.equal(shapes.override, 'M5750 9800h3500V10000h-3500z')
  assert.equal(shapes.configuration, '')
})

test('a part never leaves the drawing', () => {
  const shapes = barShapes([{ ...none, time: 0, block: 1, audit: 1000 }], 1000, 0.01)
  assert.equal(shapes.audit, 'M1500 0h7000V9900h-7000z')
})
