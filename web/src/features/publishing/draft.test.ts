import { describe, expect, it } from 'vitest'
import type { Asset } from '../../../../contract/media.ts'
import type { Connection } from '../../../../contract/networks.ts'
import type { Finding } from '../../../../contract/publishing.ts'
import {
  contentOf,
  differences,
  distinct,
  emptyDraft,
  findingsOf,
  moved,
  rebased,
  saysTheSame,
  startingDraft,
  warningRules,
} from './draft.ts'

const yes = { ok: true, why: null }
const connection = (id: string, part: Partial<Connection> = {}) =>
  ({
    id,
    defaultDestination: { id: '1', childId: null },
    can: { publish: yes, disconnect: yes },
    ...part,
  }) as Connection
const finding = (field: string, part: Partial<Finding> = {}): Finding => ({
  level: 'error',
  field,
  rule: 'a_rule',
  words: 'It is too long.',
  fix: 'Shorten it.',
  connectionId: null,
  ...part,
})
const asset = (id: string, thumbnailUrl = '/files/1') => ({ id, thumbnailUrl }) as Asset
const media = (one: Asset) => ({ asset: one, altText: '', coverAssetId: null, coverAtMs: null })

describe('a new draft', () => {
  it('starts with the default connection and its default place', () => {
    expect(startingDraft([connection('a'), connection('b')], 'b').targets).toEqual([
      { connectionId: 'b', destination: { id: '1', childId: null } },
    ])
  })

  it('starts with the only connection there is, and with none where several are', () => {
    expect(startingDraft([connection('a')], null).targets[0]?.connectionId).toBe('a')
    expect(startingDraft([connection('a'), connection('b')], null)).toBe(emptyDraft)
  })

  it('does not start with a connection that cannot publish', () => {
    const off = { publish: { ok: false, why: 'Sign in again.' }, disconnect: yes }
    expect(startingDraft([connection('a', { can: off })], 'a')).toBe(emptyDraft)
  })
})

describe('a draft', () => {
  it('says the same when only the address of a preview changed', () => {
    const before = { ...emptyDraft, media: [media(asset('1', '/files/old'))] }
    const after = { ...emptyDraft, media: [media(asset('1', '/files/new'))] }
    expect(saysTheSame(before, after)).toBe(true)
    expect(saysTheSame(before, { ...after, title: 'T' })).toBe(false)
  })

  it('names the fields in which two versions differ', () => {
    const other = { ...emptyDraft, title: 'T', media: [media(asset('1'))] }
    expect(differences(emptyDraft, other).map((one) => one.name)).toEqual(['Title', 'Files'])
  })

  it('puts only what was changed here onto what somebody else saved', () => {
    const base = { ...emptyDraft, title: 'T', body: 'B' }
    const mine = { ...base, body: 'Mine' }
    const theirs = { ...base, title: 'Theirs', link: 'https://a.example' }
    expect(rebased(base, mine, theirs)).toEqual({ ...theirs, body: 'Mine' })
  })

  it('sends the link without the blanks around it', () => {
    expect(contentOf({ ...emptyDraft, link: ' https://a.example ' }).link).toBe('https://a.example')
  })

  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 9, ['a', 'c', 'b']],
    [9, 0, ['a', 'b', 'c']],
  ])('moves the item at %i to %i', (from, to, order) => {
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(order)
  })
})

describe('findings', () => {
  it('belong to their field and what is under it, errors first', () => {
    const warning = finding('media.1', { level: 'warning', rule: 'w' })
    const error = finding('media.1.altText')
    const found = findingsOf([warning, finding('media.10'), finding('media'), error], 'media.1')
    expect(found).toEqual([error, warning])
  })

  it('are said once, however many boards find the same', () => {
    const twice = [finding('media', { connectionId: 'a' }), finding('media', { connectionId: 'b' })]
    expect(distinct(twice)).toHaveLength(1)
    expect(distinct([...twice, finding('media', { words: 'Another.' })])).toHaveLength(2)
  })

  it('that are accepted are the rules of the warnings, once each', () => {
    const warnings = [
      finding('targets.0', { level: 'warning', rule: 'duplicate_pin' }),
      finding('targets.1', { level: 'warning', rule: 'duplicate_pin' }),
      finding('title'),
    ]
    expect(warningRules(warnings)).toEqual(['duplicate_pin'])
  })
})
