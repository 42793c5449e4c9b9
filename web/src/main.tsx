import '@mantine/core/styles.layer.css'
import './app/global.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient, router } from './app/router.tsx'
import { cssVariables, theme } from './app/theme.ts'

// Nothing waits for it: what is said before it is here is shown when it is.
const Notifications = lazy(() =>
  import('./ui/notifications.ts').then((it) => ({ default: it.Notifications })),
)

// `color-scheme.js` reads the same key before the first paint.
const colorScheme = localStorageColorSchemeManager({ key: 'avow-color-scheme' })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Suspense>
          <Notifications position="top-right" />
        </Suspense>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
