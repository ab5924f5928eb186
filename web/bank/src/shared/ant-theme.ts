// The bank's colours as Ant Design's theme: read from the style sheet, so that they stand in one
// place. Loaded by the tellers' pages only.
import { theme, type ThemeConfig } from 'antd';
import { useEffect, useState } from 'react';
import { useDark } from '@/shared/ui/ant-theme';

function colour(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function themeNow(dark: boolean): ThemeConfig {
    return {
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
            borderRadius: 6,
            controlHeight: 40,
            fontFamily: 'inherit',
            wireframe: false,
            colorPrimary: colour('accent'),
            colorInfo: colour('accent'),
            colorBgBase: colour('surface'),
            colorBgLayout: colour('ground'),
            // Said outright: what the dark algorithm makes of the base is too light for its own words.
            colorBgElevated: colour('surface'),
            colorBgContainer: colour('surface'),
            colorTextLightSolid: colour('on-accent'),
            colorTextPlaceholder: colour('ink-2'),
            colorTextDescription: colour('ink-2'),
            colorError: colour('bad'),
            colorWarning: colour('warn'),
            colorSuccess: colour('good'),
            colorTextDisabled: dark ? '#a6a6bb' : '#5f5f70',
            // The edge of a field has to be seen (3 to 1).
            colorBorder: dark ? '#77778c' : '#80808f',
        },
    };
}

// The brand decides what the style sheet says, as soon as it stands in the page.
export function useBankAntTheme(brand: string): ThemeConfig {
    const dark = useDark();
    const [config, setConfig] = useState(() => themeNow(dark));
    useEffect(() => setConfig(themeNow(dark)), [dark, brand]);
    return config;
}
