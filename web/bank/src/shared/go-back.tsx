// The way back to the merchant when a matter is done: by itself after `after` seconds, which whoever
// reads on can stop, or at once.
import { useEffect, useState } from 'react';
import { Button } from '@/shared/ui/button';
import { useBankTexts } from './texts';

export function GoBack({ to, after }: { to: string; after: number }) {
    const t = useBankTexts();
    const [left, setLeft] = useState<number | null>(after);
    useEffect(() => {
        if (left === null) return;
        if (left === 0) {
            window.location.assign(to);
            return;
        }
        const timer = setTimeout(() => setLeft(left - 1), 1000);
        return () => clearTimeout(timer);
    }, [left, to]);
    return (
        <div className="stack tight">
            <a className="button wide" href={to}>
                {t('back_now')}
            </a>
            {left !== null && (
                <div className="row apart">
                    <span className="muted small">{t('back_in', { count: left })}</span>
                    <Button look="link" onClick={() => setLeft(null)}>
                        {t('stay')}
                    </Button>
                </div>
            )}
        </div>
    );
}
