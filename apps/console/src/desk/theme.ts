import type { ThemeConfig } from 'antd';
import type { Appearance } from '../shell/appearance.js';

const SIZES = { normal: 16, large: 19, largest: 22 } as const;
const CONTROLS = { normal: 36, large: 42, largest: 48 } as const;

/** Ant Design in the colours and sizes of tokens.css. */
export function themeOf({ size, contrast }: Appearance): ThemeConfig {
  const isHigh = contrast === 'high';
  return {
    cssVar: { prefix: 'sw' },
    token: {
      colorPrimary: isHigh ? '#0b3d8c' : '#1f5fbf',
      colorLink: isHigh ? '#0b3d8c' : '#1f5fbf',
      colorError: isHigh ? '#8c1510' : '#b3261e',
      colorText: isHigh ? '#000000' : '#1b2430',
      colorTextSecondary: isHigh ? '#26303b' : '#55616f',
      colorTextDescription: isHigh ? '#26303b' : '#55616f',
      colorBorder: isHigh ? '#000000' : '#7c8896',
      colorBorderSecondary: isHigh ? '#4b5561' : '#d5dbe3',
      // Lighter shades of Ant Design fall below 4.5:1 on white.
      colorPrimaryHover: isHigh ? '#062a63' : '#174a96',
      colorPrimaryActive: isHigh ? '#062a63' : '#123a78',
      colorLinkHover: isHigh ? '#062a63' : '#174a96',
      colorErrorHover: '#8c1510',
      borderRadius: 4,
      fontSize: SIZES[size],
      controlHeight: CONTROLS[size],
      lineHeight: 1.6,
      fontFamily: 'var(--font)',
      motion: false,
    },
  };
}
