import { avatarUrl, pictureUrl } from './present.ts'
import type { Account, Picture, Pin } from './types.ts'

/** The vendor's addresses as this sandbox's own pages reach them: the host is a path prefix. */
const onSandbox = (url: string) => url.replace(/^https:\//, '')

export const pictureAddress = {
  avatar: (account: Account) => onSandbox(avatarUrl(account)),
  picture: (picture: Picture, size: string) => onSandbox(pictureUrl(picture, size)),
  video: (file: string) => `/v1.pinimg.com/videos/${file}`,
}

export const pinAddress = (pin: Pick<Pin, 'id'>) => `/www.pinterest.com/pin/${pin.id}/`
