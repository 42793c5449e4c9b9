import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { contractRoutes } from './contract-routes.ts'
import { noRecurrence } from './no-recurrence.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.AVOW_URL ?? 'http://localhost:4000'

export default defineConfig({
  root: here('.'),
  plugins: [react(), contractRoutes(), noRecurrence()],
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    proxy: Object.fromEntries(
      ['/api', '/uploads', '/files', '/media', '/oauth'].map((path) => [path, { target: server }]),
    ),
  },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // Nothing as a data: address, so that the content security policy needs no exception for it.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'data', test: /node_modules[\\/](@tanstack|@orpc)[\\/]/ },
          ],
        },
      },
    },
  },
})
