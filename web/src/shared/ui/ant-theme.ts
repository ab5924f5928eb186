// Our colours as Ant Design's theme, in the scheme that the system wants. Loaded by pages that use
// Ant Design only.
import { theme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function watchDark(listener: () => void): () => void {
    dark.addEventListener('change', listener);
    return () => dark.removeEventListener('change', listener);
}

export function useDark(): boolean {
    return useSyncExternalStore(watchDark, () => dark.matches);
}

const kShape = {
    borderRadius: 10,
    controlHeight: 38,
    fontFamily: 'inherit',
    wireframe: false,
};

export function useAntTheme(): ThemeConfig {
    return useDark()
        ? {
              algorithm: theme.darkAlgorithm,
              token: {
                  ...kShape,
                  colorPrimary: '#a493ff',
                  colorInfo: '#a493ff',
                  colorBgBase: '#1a1a25',
                  colorBgLayout: '#101018',
                  colorTextLightSolid: '#14112b',
                  colorTextPlaceholder: '#9a9ab0',
                  colorTextDescription: '#b4b4c8',
              },
          }
        : {
              algorithm: theme.defaultAlgorithm,
              token: {
                  ...kShape,
                  colorPrimary: '#5636e0',
                  colorInfo: '#5636e0',
                  colorBgLayout: '#f6f6f9',
                  colorTextPlaceholder: '#6b6b7e',
                  colorTextDescription: '#55556a',
                  colorError: '#b3202c',
                  colorWarning: '#8a4b00',
                  colorSuccess: '#14713d',
              },
          };
}
