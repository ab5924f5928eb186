// Handing in a token: the one that came back in the address, by itself and once, or one that was
// pasted. Without an answer the same token may be handed in again: it pays once.
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { takeGrant } from '@/shared/money/grant';
import { Button } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { ServerAway } from '@/shared/api/errors';
import { useStartPayment } from './api';
import { usePaymentTexts } from './texts';

export interface HandIn {
    busy: boolean;
    error: unknown;
    // A token whose bank is not known, to be handed in by hand.
    loose: string;
    run: (bank: number, token: string) => void;
    again: (() => void) | null;
}

export function useHandIn(order: number): HandIn {
    const { pathname } = useLocation();
    const start = useStartPayment(order);
    const { mutate } = start;
    const [loose, setLoose] = useState('');
    const run = (bank: number, token: string) => mutate({ bank, way: 'token', token });
    useEffect(() => {
        // After a moment, because development mounts everything twice.
        const timer = setTimeout(() => {
            const grant = takeGrant(pathname);
            if (!grant) return;
            if (grant.bank === null) setLoose(grant.token);
            else mutate({ bank: grant.bank, way: 'token', token: grant.token });
        }, 0);
        return () => clearTimeout(timer);
    }, [pathname, mutate]);
    const sent = start.variables;
    const unanswered = start.error instanceof ServerAway && sent !== undefined;
    return {
        busy: start.isPending,
        error: start.error,
        loose,
        run,
        again: unanswered ? () => mutate(sent) : null,
    };
}

export function HandingIn({ handIn }: { handIn: HandIn }) {
    const t = usePaymentTexts();
    const place = useRef<HTMLDivElement>(null);
    const failed = !handIn.busy && handIn.error !== null;
    // The form that it was sent from may be far below.
    useEffect(() => {
        if (failed) place.current?.scrollIntoView({ block: 'center' });
    }, [failed]);
    return (
        <div ref={place} className="stack">
            <div role="status">{handIn.busy && <p className="note">{t('handing_in')}</p>}</div>
            {failed && <Problem error={handIn.error} />}
            {!handIn.busy && handIn.again && (
                <div className="row">
                    <span>{t('unknown_outcome')}</span>
                    <Button onClick={handIn.again}>{t('again')}</Button>
                </div>
            )}
        </div>
    );
}
