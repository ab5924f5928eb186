import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BankDone } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { kConsoleKey } from '@/shared/console/session';
import { textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { Bank } from './bank';
import { BankForm, type BankValues } from './bank-form';
import { Credentials } from './credentials';
import { useBankTexts } from './texts';
import './banks.css';

const kAgainMs = 2000;

export default function Banks() {
    const t = useBankTexts();
    const text = useServerText();
    const [adding, setAdding] = useState(false);
    const [made, setMade] = useState<BankDone | null>(null);
    const query = useQuery({
        queryKey: [kConsoleKey, 'banks'],
        queryFn: () => ask(staffApi.GET('/api/v1/staff/banks')),
        refetchInterval: kAgainMs,
    });
    const add = useChange({
        run: ({ bank, name }: BankValues) =>
            ask(
                staffApi.PUT('/api/v1/staff/banks/{bank}', {
                    params: { path: { bank } },
                    body: { name: textValue(name) },
                }),
            ),
        done: (_, { name }) => t('added', { name: text(name) }),
        then: (done) => {
            setAdding(false);
            setMade(done);
        },
    });
    usePageTitle(t('banks'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('banks')}</h1>
                <Button
                    onClick={() => {
                        add.reset();
                        setAdding(true);
                    }}
                >
                    {t('add')}
                </Button>
            </div>
            <div className="stack">
                <p className="muted">{t('about')}</p>
                <Loaded query={query} height={120}>
                    {({ banks }) =>
                        banks.length === 0 ? (
                            <Empty text={t('none')} />
                        ) : (
                            banks.map((bank) => (
                                <Bank key={bank.bank} bank={bank} onKeys={setMade} />
                            ))
                        )
                    }
                </Loaded>
            </div>
            <EditDrawer title={t('add')} open={adding} onClose={() => setAdding(false)}>
                <BankForm
                    taken={query.data?.banks.map((one) => one.bank) ?? []}
                    error={add.error}
                    busy={add.isPending}
                    submit={t('add')}
                    onSubmit={(values) => add.mutate(values)}
                    onCancel={() => setAdding(false)}
                />
            </EditDrawer>
            <Credentials made={made} onClose={() => setMade(null)} />
        </>
    );
}
