// A failure, told honestly: what happened, what to do, and the proof where the server gave one.
import { ApiError, ServerAway } from '../api/errors';
import { Button, ButtonLink } from './button';
import { useSharedTexts } from './texts';

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
    const t = useSharedTexts();
    const refusal = error instanceof ApiError ? error : null;
    const away = error instanceof ServerAway;
    return (
        <div className="note bad stack tight" role="alert">
            <p className="strong">
                {refusal?.message ?? (away ? t('away_short') : t('unexpected'))}
            </p>
            <p>{refusal?.remedy ?? (away ? t('away_remedy') : t('unexpected_remedy'))}</p>
            {refusal && refusal.status >= 500 && refusal.requestId && (
                <p className="small">
                    {t('request')} {refusal.requestId}
                </p>
            )}
            {(retry || refusal?.receipt) && (
                <div className="row">
                    {retry && (
                        <Button look="plain" onClick={retry}>
                            {t('retry')}
                        </Button>
                    )}
                    {refusal?.receipt && (
                        <ButtonLink look="plain" to={`/why?receipt=${refusal.receipt}`}>
                            {t('why')}
                        </ButtonLink>
                    )}
                </div>
            )}
        </div>
    );
}
