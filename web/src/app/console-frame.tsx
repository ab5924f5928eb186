// What all pages of the console have, also its login: Ant Design in our colours and the reader's
// language, the banner of an absent server, short notices.
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { Outlet, ScrollRestoration } from 'react-router-dom';
import { probeNow, useServerAway } from '@/shared/api/connection';
import { useLanguage } from '@/shared/i18n/language';
import { useAntTheme, useDark } from '@/shared/ui/ant-theme';
import { Notices } from '@/shared/ui/notices';
import { useAppTexts } from './texts';
import '@/shared/console/parts.css';
import './console.css';

export function ConsoleFrame() {
    const language = useLanguage();
    const theme = useAntTheme();
    // What cannot be changed is still to be read.
    const dark = useDark();
    const colorTextDisabled = dark ? '#a6a6bb' : '#66667a';
    // The edge of a field has to be seen (3 to 1).
    const colorBorder = dark ? '#77778c' : '#80808f';
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
    return (
        <ConfigProvider
            locale={language === 'zh' ? zhCN : enGB}
            theme={{ ...theme, token: { ...theme.token, colorTextDisabled, colorBorder } }}
        >
            <AwayBanner />
            <Outlet />
            <Notices />
            <ScrollRestoration />
        </ConfigProvider>
    );
}

function AwayBanner() {
    const t = useAppTexts();
    const away = useServerAway();
    return (
        <div role="status">
            {away && (
                <div className="away">
                    <span>{t('away')}</span>
                    <button type="button" onClick={() => void probeNow()}>
                        {t('retry_now')}
                    </button>
                </div>
            )}
        </div>
    );
}
