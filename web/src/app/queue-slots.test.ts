import { expect, it } from 'vitest'
import { addSlots, removeSlot, sameSlots, weekFrom } from './queue-slots.ts'

const monday9 = { weekday: 1, time: '09:00' }
const monday16 = { weekday: 1, time: '16:30' }
const friday9 = { weekday: 5, time: '09:00' }

it('begins the week on the day of the workspace', () => {
  expect(weekFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 0])
  expect(weekFrom(6)).toEqual([6, 0, 1, 2, 3, 4, 5])
})

it('adds a time on several days, each once and in order', () => {
  expect(addSlots([monday16], [5, 1], '09:00')).toEqual([monday9, monday16, friday9])
  expect(addSlots([monday9], [1], '09:00')).toEqual([monday9])
})

it('takes one time out', () => {
  expect(removeSlot([monday9, friday9], { ...monday9 })).toEqual([friday9])
})

it('does not take another order for a change', () => {
  expect(sameSlots([monday9, friday9], [friday9, monday9])).toBe(true)
  expect(sameSlots([monday9], [friday9])).toBe(false)
})
