import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  Checkbox,
  Chip,
  Drawer,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Modal,
  Notification,
  Tabs,
  Tooltip,
  type VariantColorsResolver,
  createTheme,
  defaultVariantColorsResolver,
} from '@mantine/core';

/** Shade 6 is the light accent, shade 4 the dark one (tokens.css). */
const accent: MantineColorsTuple = [
  '#eaf1fa',
  '#d3e3f6',
  '#b0cdf0',
  '#8fc4ff',
  '#6cb2ff',
  '#2f7fd8',
  '#0b63c5',
  '#0a57ad',
  '#094a93',
  '#073a74',
];
const critical: MantineColorsTuple = [
  '#fdeceb',
  '#fbd5d2',
  '#ffbdb7',
  '#ffb0a8',
  '#ff9d94',
  '#d6453c',
  '#b3261e',
  '#9c211a',
  '#841b16',
  '#651511',
];
const dark: MantineColorsTuple = [
  '#e6e9ee',
  '#c4cbd5',
  '#9aa4b2',
  '#6b7683',
  '#2f3741',
  '#242c37',
  '#20262e',
  '#191d23',
  '#14171c',
  '#0f1216',
];

/** Filled controls take their text colour from the tokens: a light accent on a dark page needs dark text (UX notes §2.1). */
const resolveVariant: VariantColorsResolver = (input) => {
  const isCritical = input.color === 'red' || input.color === 'critical';
  if (input.variant === 'filled') {
    return {
      background: isCritical ? 'var(--crit)' : 'var(--acc)',
      hover: isCritical ? 'var(--crit)' : 'var(--acc-hover)',
      color: isCritical ? 'var(--on-crit)' : 'var(--on-acc)',
      border: '1px solid transparent',
    };
  }
  if (input.variant === 'subtle' || input.variant === 'light') {
    return {
      background: input.variant === 'light' ? 'var(--hover)' : 'transparent',
      hover: 'var(--hover)',
      color: isCritical ? 'var(--crit)' : input.color === 'gray' ? 'var(--ink)' : 'var(--acc)',
      border: '1px solid transparent',
    };
  }
  return defaultVariantColorsResolver(input);
};

const control = { '--input-height': '28px', '--input-fz': '12px', '--input-bd': 'var(--control-line)' };
const refused = { ...control, '--input-bd': 'var(--crit)' };

/** A field that was refused has a message, or just `true`. */
function isSet(error: unknown): boolean {
  return error !== undefined && error !== null && error !== false && error !== '';
}

/** The head of a dialog is a `<header>`, which would count as a second banner of the page. */
const NO_BANNER = { header: { role: 'presentation' } };

/** The dense look of UX notes §4 on Mantine's parts; colours that differ by scheme are CSS variables of tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, critical, red: critical, dark },
  variantColorResolver: resolveVariant,
  fontFamily: 'var(--font-ui)',
  headings: { fontFamily: 'var(--font-ui)', fontWeight: '650' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
      classNames: { root: 'action-icon' },
    }),
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ root: { '--button-height': '28px', '--button-fz': '12px', '--button-padding-x': '10px' } }),
    }),
    Chip: Chip.extend({
      defaultProps: { size: 'xs', variant: 'outline' },
      vars: () => ({ root: { '--chip-size': '24px', '--chip-padding': '9px', '--chip-checked-padding': '6px' } }),
    }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ root: { '--checkbox-icon-color': 'var(--on-acc)' } }),
    }),
    Input: Input.extend({
      defaultProps: { size: 'xs' },
      vars: (_, { error }) => ({ wrapper: isSet(error) ? refused : control }),
    }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({
        label: {},
        success: {},
        error: { '--input-error-size': '11px' },
        description: { '--input-description-size': '11px' },
      }),
    }),
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        overlayProps: { blur: 0, backgroundOpacity: 0.28 },
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: NO_BANNER,
      },
      styles: { title: { fontSize: 'var(--fs-15)', fontWeight: 650 } },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        lockScroll: false,
        overlayProps: { blur: 0, backgroundOpacity: 0.28 },
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: NO_BANNER,
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--mut)' } },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
  },
});

/** Mantine's own variables that fail AA at our sizes, from the tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--mut)',
    '--mantine-color-placeholder': 'var(--mut)',
    '--mantine-color-anchor': 'var(--acc)',
    '--mantine-color-error': 'var(--crit)',
    '--mantine-color-default': 'var(--bg)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-border': 'var(--line)',
  };
  return { variables: {}, light: shared, dark: shared };
};
