import { Link } from 'react-router-dom';
import type { Organiser } from '@/api/console-types';
import { DataTable } from '@/shared/console/data-table';
import { useIsAdmin } from '@/shared/console/me';
import { useOrganisers } from '@/shared/console/organisers';
import { pictureAddress } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useCatalogueTexts } from './texts';

export default function Organisers() {
    const t = useCatalogueTexts();
    const text = useServerText();
    const admin = useIsAdmin();
    const query = useOrganisers();
    usePageTitle(t('organisers'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('organisers')}</h1>
                {admin && (
                    <ButtonLink to="/console/organisers/new">{t('new_organiser')}</ButtonLink>
                )}
            </div>
            <Loaded query={query} height={56}>
                {({ organisers }) =>
                    organisers.length === 0 ? (
                        <Empty text={t('no_organisers')} />
                    ) : (
                        <DataTable<Organiser>
                            caption={t('organisers')}
                            rows={organisers}
                            rowKey={(one) => one.id}
                            columns={[
                                {
                                    title: t('name'),
                                    cell: (one) => (
                                        <Link to={`/console/organisers/${one.id}`}>
                                            {text(one.name)}
                                        </Link>
                                    ),
                                },
                                { title: t('number'), cell: (one) => one.id },
                                { title: t('description'), cell: (one) => text(one.description) },
                                {
                                    title: t('picture'),
                                    cell: (one) =>
                                        one.picture && (
                                            <img
                                                src={pictureAddress(one.picture)}
                                                alt=""
                                                className="thumb"
                                                loading="lazy"
                                            />
                                        ),
                                },
                            ]}
                        />
                    )
                }
            </Loaded>
        </>
    );
}
