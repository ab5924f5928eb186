import { useRouteError } from 'react-router-dom';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Message } from '~/shared/message';
import { useAppTexts } from './texts';

export function NotFound() {
    const t = useAppTexts();
    return (
        <Message title={t('not_found')} text={t('not_found_text')}>
            <ButtonLink to="/">{t('to_home')}</ButtonLink>
        </Message>
    );
}

// A mistake of ours, or a part of the page that could not be loaded.
export function DidNotWork() {
    const t = useAppTexts();
    const error = useRouteError();
    console.error(error);
    return (
        <main className="main">
            <Message title={t('did_not_work')} text={t('did_not_work_text')}>
                <div className="row">
                    <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
                    <ButtonLink look="plain" to="/" reloadDocument>
                        {t('to_home')}
                    </ButtonLink>
                </div>
            </Message>
        </main>
    );
}
