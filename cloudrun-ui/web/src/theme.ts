import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: it says "you can act here" and nothing else. */
const accent: MantineColorsTuple = [
  '#eaf3ff',
  '#d3e4fd',
  '#a4c7fb',
  '#72a8f9',
  '#4a8df7',
  '#327cf7',
  '#1f6feb',
  '#1760d3',
  '#0f55be',
  '#0049a8',
];

const dialogTitle = { fontSize: '16px', fontWeight: 600 } as const;

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 4,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: dialogTitle },
    },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } }, styles: { title: dialogTitle } },
  },
});
