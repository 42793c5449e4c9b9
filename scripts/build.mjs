// `npm run build`: installs what is missing and builds the web app, changed or not.
import { buildWeb, command, install } from './set-up.mjs'

await command(() => {
  install()
  buildWeb({ force: true })
})
