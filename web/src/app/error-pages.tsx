import { useRouteError } from 'react-router-dom';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { PageHead, usePageTitle } from '@/shared/ui/page';
import { useAppTexts } from './texts';

export function NotFound() {
    const t = useAppTexts();
    return (
        <Empty text={t('not_found_text')}>
            <PageHead title={t('not_found')} />
            <ButtonLink to="/">{t('to_home')}</ButtonLink>
        </Empty>
    );
}

// A mistake of ours, or a part of the page that could not be loaded.
export function DidNotWork() {
    const t = useAppTexts();
    const error = useRouteError();
    usePageTitle(t('did_not_work'));
    console.error(error);
    return (
        <main className="main">
            <Empty text={t('did_not_work_text')}>
                <h1>{t('did_not_work')}</h1>
                <div className="row">
                    <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
                    <ButtonLink look="plain" to="/" reloadDocument>
                        {t('to_home')}
                    </ButtonLink>
                </div>
            </Empty>
        </main>
    );
}
