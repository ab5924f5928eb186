// The devices that are logged in, and ending their logins.
import { useMutation } from '@tanstack/react-query';
import type { LoginEntry } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { useLanguage } from '@/shared/i18n/language';
import { formatDateTime } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { notify } from '@/shared/ui/notices';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useLogins } from './api';
import { deviceName } from './device';
import { useAccountTexts } from './texts';

export function LoginList() {
    const t = useAccountTexts();
    const query = useLogins();
    const end = useMutation({
        mutationFn: (login: number) =>
            ask(api.DELETE('/api/v1/logins/{login}', { params: { path: { login } } })),
        onSuccess: () => notify({ text: t('login_ended') }),
        onSettled: () => query.refetch(),
    });
    const endOthers = useMutation({
        mutationFn: () => ask(api.DELETE('/api/v1/logins')),
        onSuccess: () => notify({ text: t('logins_ended') }),
        onSettled: () => query.refetch(),
    });
    const failure = end.error ?? endOthers.error;
    return (
        <section className="card stack" aria-labelledby="logins">
            <h2 id="logins">{t('logins')}</h2>
            {failure && <Problem error={failure} />}
            <Loaded query={query}>
                {({ logins }) => (
                    <>
                        <ul className="plain-list">
                            {logins.map((login) => (
                                <li key={login.id}>
                                    <Device login={login} end={() => end.mutate(login.id)} />
                                </li>
                            ))}
                        </ul>
                        {logins.length > 1 && (
                            <div>
                                <Button
                                    look="danger"
                                    busy={endOthers.isPending}
                                    onClick={() => endOthers.mutate()}
                                >
                                    {t('login_end_others')}
                                </Button>
                            </div>
                        )}
                    </>
                )}
            </Loaded>
        </section>
    );
}

function Device({ login, end }: { login: LoginEntry; end: () => void }) {
    const t = useAccountTexts();
    const language = useLanguage();
    const device = deviceName(login.device) || t('unknown_device');
    return (
        <div className="row apart">
            <div>
                <p className="strong">{device}</p>
                <p className="muted small">
                    {t('login_used', { time: formatDateTime(login.used_at, language) })} ·{' '}
                    {t('login_from', { address: login.address })}
                </p>
            </div>
            {login.current ? (
                <span className="tag good">{t('login_current')}</span>
            ) : (
                <Button look="plain" aria-label={t('login_end_label', { device })} onClick={end}>
                    {t('login_end')}
                </Button>
            )}
        </div>
    );
}
