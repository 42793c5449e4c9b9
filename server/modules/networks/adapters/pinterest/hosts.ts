/** From `servers` of the official description. */
const apiHost = 'api.pinterest.com'
/** `upload_url` in the example of POST /media. Egress refuses any other. */
const uploadHost = 'pinterest-media-upload.s3-accelerate.amazonaws.com'
/** `profile_image` in the example of GET /user_account. */
export const pictureHost = 'i.pinimg.com'

export const hosts = [apiHost, uploadHost, pictureHost] as const

export const apiUrl = `https://${apiHost}/v5`
export const siteUrl = 'https://www.pinterest.com'
