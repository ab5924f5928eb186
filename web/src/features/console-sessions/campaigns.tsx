import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { SessionCampaign, SessionDetail } from '@/api/console-types';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { When } from '@/shared/console/figures';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { Button } from '@/shared/ui/button';
import { CampaignForm } from './campaign-form';
import { useSessionTexts } from './texts';

export function CampaignsPart({ session }: { session: SessionDetail }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const [edited, setEdited] = useState<SessionCampaign | 'new' | null>(null);
    const close = () => setEdited(null);
    const editable = session.state !== 'cancelled';
    return (
        <section className="stack" aria-labelledby="campaigns">
            <div className="row apart">
                <h2 id="campaigns">{t('campaigns')}</h2>
                {editable && (
                    <Button look="plain" onClick={() => setEdited('new')}>
                        {t('add_campaign')}
                    </Button>
                )}
            </div>
            <DataTable<SessionCampaign>
                caption={t('campaigns')}
                rows={session.campaigns}
                rowKey={(one) => one.id}
                columns={[
                    {
                        title: t('name'),
                        cell: (one) => (
                            <Link
                                to={`/console/campaigns/${one.id}`}
                                aria-label={`${t('live')}: ${text(one.name)}`}
                            >
                                {text(one.name)}
                            </Link>
                        ),
                    },
                    {
                        title: t('window'),
                        cell: (one) => (
                            <span>
                                <When time={one.opens_at} /> – <When time={one.closes_at} />
                            </span>
                        ),
                    },
                    { title: t('limits'), cell: (one) => <Limits campaign={one} /> },
                    { title: console('state'), cell: (one) => <StateTag state={one.state} /> },
                    {
                        title: t('edit'),
                        cell: (one) =>
                            editable && (
                                <Button
                                    look="link"
                                    aria-label={`${t('edit_campaign')}: ${text(one.name)}`}
                                    onClick={() => setEdited(one)}
                                >
                                    {t('edit')}
                                </Button>
                            ),
                    },
                ]}
            />
            <EditDrawer
                title={edited === 'new' ? t('add_campaign') : t('edit_campaign')}
                open={edited !== null}
                onClose={close}
            >
                {edited !== null && (
                    <CampaignForm
                        session={session}
                        known={edited === 'new' ? undefined : edited}
                        onClose={close}
                    />
                )}
            </EditDrawer>
        </section>
    );
}

function Limits({ campaign }: { campaign: SessionCampaign }) {
    const t = useSessionTexts();
    return (
        <span>
            {campaign.one_per_person && <>{t('one_per_person')} · </>}
            {campaign.tickets_per_order > 0 && (
                <>{t('per_order', { count: campaign.tickets_per_order })} · </>
            )}
            {t('minutes', { count: campaign.hold_minutes })}
        </span>
    );
}
