import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router-dom';
import { ask } from '@/shared/api/client';
import { isRefusal } from '@/shared/api/errors';
import { queryClient } from '@/shared/api/query';
import { staffApi } from '@/shared/console/client';
import { endStaff, kConsoleKey, useStaffPerson } from '@/shared/console/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { Problem } from '@/shared/ui/problem';
import { Gate } from './gate';
import { nextPage } from './next';
import { useAccessTexts } from './texts';

export default function Password() {
    const t = useAccessTexts();
    const [search] = useSearchParams();
    const person = useStaffPerson();
    const navigate = useNavigate();
    const [old, setOld] = useState('');
    const [fresh, setFresh] = useState('');
    const [repeated, setRepeated] = useState('');
    const [differs, setDiffers] = useState(false);
    const change = useMutation({
        mutationFn: () =>
            ask(
                staffApi.PUT('/api/v1/staff/me/password', {
                    body: { old_password: old, new_password: fresh },
                }),
            ),
        onSuccess: async () => {
            notify({ text: t('changed') });
            await queryClient.resetQueries({ queryKey: [kConsoleKey] });
            navigate(nextPage(search), { replace: true });
        },
    });
    if (person === null) return <Navigate to="/console/login" replace />;
    const error = change.error;
    const oldProblem = isRefusal(error, 'password_wrong', 'wrong_credentials')
        ? `${error.message} ${error.remedy}`
        : undefined;
    const freshProblem = isRefusal(error, 'password_invalid')
        ? `${error.message} ${error.remedy}`
        : undefined;
    return (
        <Gate title={t('change')}>
            <form
                className="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    setDiffers(fresh !== repeated);
                    if (fresh === repeated && !change.isPending) change.mutate();
                }}
            >
                {search.has('next') && <p>{t('must_change')}</p>}
                <Field
                    label={t('old_password')}
                    type="password"
                    value={old}
                    autoComplete="current-password"
                    required
                    problem={oldProblem}
                    onChange={(event) => setOld(event.target.value)}
                />
                <Field
                    label={t('new_password')}
                    type="password"
                    value={fresh}
                    autoComplete="new-password"
                    required
                    hint={t('password_rule')}
                    problem={freshProblem}
                    onChange={(event) => setFresh(event.target.value)}
                />
                <Field
                    label={t('repeat')}
                    type="password"
                    value={repeated}
                    autoComplete="new-password"
                    required
                    problem={differs ? t('differs') : undefined}
                    onChange={(event) => setRepeated(event.target.value)}
                />
                {error && !oldProblem && !freshProblem && <Problem error={error} />}
                <Button type="submit" wide busy={change.isPending}>
                    {t('change')}
                </Button>
                <Button look="link" onClick={endStaff}>
                    {t('log_out')}
                </Button>
            </form>
        </Gate>
    );
}
