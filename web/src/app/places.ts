import {
  IconCalendar,
  IconClockHour4,
  IconFileText,
  IconKey,
  IconPhoto,
  IconPlugConnected,
  IconReceipt,
  IconSettings,
  IconShieldLock,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { paths } from './paths.ts'

export type Place = {
  label: string
  to: (workspaceId: string) => string
  icon: ComponentType<{ size?: number; stroke?: number }>
  /** Other words by which a person may look for it. */
  words: string[]
}

/** Where one goes every day. */
export const mainPlaces: Place[] = [
  { label: 'Calendar', to: paths.calendar, icon: IconCalendar, words: ['schedule', 'week'] },
  { label: 'Posts', to: paths.posts, icon: IconFileText, words: ['drafts', 'pins'] },
  { label: 'Library', to: paths.library, icon: IconPhoto, words: ['files', 'images', 'videos'] },
  {
    label: 'Connections',
    to: paths.connections,
    icon: IconPlugConnected,
    words: ['accounts', 'networks', 'pinterest', 'boards'],
  },
]

/** Where one sets things up. */
export const settingPlaces: Place[] = [
  {
    label: 'Workspace',
    to: paths.workspaceSettings,
    icon: IconSettings,
    words: ['time zone', 'name', 'settings'],
  },
  { label: 'Members', to: paths.members, icon: IconUsers, words: ['invite', 'roles', 'people'] },
  { label: 'Queue', to: paths.queue, icon: IconClockHour4, words: ['slots', 'times'] },
  { label: 'API keys', to: paths.keys, icon: IconKey, words: ['token', 'program'] },
  { label: 'Receipts', to: paths.receipts, icon: IconReceipt, words: ['privacy', 'destroyed'] },
]

export const accountPlaces: Place[] = [
  {
    label: 'Security',
    to: paths.security,
    icon: IconShieldLock,
    words: ['password', 'sign-ins', 'devices', 'log'],
  },
]
