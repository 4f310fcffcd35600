import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeEntities } from '#lib/formats/xml/entities.ts'

test('entities of XML and character references are decoded once', () => {
  assert.equal(decodeEntities('a &lt;b&gt; &amp;amp; &quot;&apos;'), 'a <b> &amp; "\'')
  assert.equal(decodeEntities('a&#13;&#10;b&#x9;&#x1F512;&#1;&#0;'), 'a\r\nb\t🔒\u0001\0')
})

test('what is not a character or not an entity of XML stays as written', () => {
  for (const text of ['&', '&;', '&nbsp;', '&#xD800;', '&#x110000;', '&#99999999;', '&#;', '&AMP;', 'a & b;']) {
    assert.equal(decodeEntities(text), text)
  }
})
