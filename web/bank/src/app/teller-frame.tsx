// What all pages of tellers have: Ant Design in the bank's colours and the reader's language.
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { Outlet } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { useBankAntTheme } from '~/shared/ant-theme';
import { useBrand } from '~/shared/bank';

export function TellerFrame() {
    const language = useLanguage();
    const theme = useBankAntTheme(useBrand());
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
    return (
        <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={theme}>
            <Outlet />
        </ConfigProvider>
    );
}
