import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const avow: MantineColorsTuple = [
  '#ebf8f3',
  '#d8ede5',
  '#add9c9',
  '#7fc5ac',
  '#5ab494',
  '#3fa684',
  '#2b9474',
  '#1c7f65',
  '#126a53',
  '#085241',
]

/** Calm grey with a little green in it, so that dark pages are not plain black. */
const dark: MantineColorsTuple = [
  '#c9d1ce',
  '#b3bdb9',
  '#8f9b97',
  '#65716d',
  '#3f4a46',
  '#323c39',
  '#26302d',
  '#1a2220',
  '#141b19',
  '#0e1312',
]

export const theme = createTheme({
  primaryColor: 'avow',
  primaryShade: { light: 8, dark: 7 },
  colors: { avow, dark },
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // In running text, colour alone does not tell a link from its words.
    Anchor: { defaultProps: { underline: 'always' } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, withArrow: true } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Hide' } } },
    // The placeholder is a child that the role of a menu does not allow.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
})

const grounds = {
  light: {
    yellow: ['#fcf5dc', '#6b4600'],
    orange: ['#fdeee2', '#8a3c00'],
    red: ['#fdeceb', '#a81818'],
    blue: ['#e8f1fb', '#14549c'],
    gray: ['#eef1f0', '#46504c'],
    avow: ['#e3f2ec', '#0d5a46'],
  },
  dark: {
    yellow: ['#2f2815', '#f2d68a'],
    orange: ['#35241a', '#f5b98a'],
    red: ['#3a1f1e', '#ff9d97'],
    blue: ['#182836', '#93c5f5'],
    gray: ['#2a3330', '#c9d1ce'],
    avow: ['#17322a', '#8fd3bb'],
  },
} as const

/** Quiet grounds for badges and messages, and the text on them. */
const quiet = (scheme: keyof typeof grounds) =>
  Object.fromEntries(
    Object.entries(grounds[scheme]).flatMap(([colour, [ground, ink]]) => [
      [`--mantine-color-${colour}-light`, ground],
      [`--mantine-color-${colour}-light-color`, ink],
    ]),
  )

/** Text colours that hold 4.5:1 against their ground, which Mantine's own do not all. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...quiet('light'),
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#55605c',
    '--mantine-color-placeholder': '#6b7672',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-6': '#d42a2a',
    '--avow-ground': '#f6f8f7',
    '--avow-line': '#e2e8e5',
  },
  dark: {
    ...quiet('dark'),
    '--mantine-color-dimmed': '#a2ada9',
    '--mantine-color-placeholder': '#8f9b97',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-6': '#ff8787',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b12424',
    '--avow-ground': '#141b19',
    '--avow-line': '#2c3633',
  },
})
