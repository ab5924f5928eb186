// The frame of the two pages before the console.
import type { ReactNode } from 'react';
import { chooseLanguage, useLanguage } from '@/shared/i18n/language';
import { PageHead } from '@/shared/ui/page';
import { useAccessTexts } from './texts';

export function Gate({ title, children }: { title: string; children: ReactNode }) {
    const t = useAccessTexts();
    const other = useLanguage() === 'zh' ? 'en' : 'zh';
    return (
        <main className="console-gate stack">
            <div className="row apart">
                <img src="/icons/icon.svg" alt="" width="40" height="40" />
                <button
                    type="button"
                    className="language"
                    lang={other === 'zh' ? 'zh-CN' : 'en'}
                    onClick={() => chooseLanguage(other)}
                >
                    {t('language')}
                </button>
            </div>
            <div className="card">
                <PageHead title={title} />
                {children}
            </div>
        </main>
    );
}
