import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router-dom';
import type { ImportRow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { DownloadButton } from '@/shared/console/download-button';
import { useNumber, When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { Empty } from '@/shared/ui/empty';
import { PageHead } from '@/shared/ui/page';
import { DropFiles } from './drop-files';
import { useImportTexts } from './texts';

export default function Imports() {
    const t = useImportTexts();
    const navigate = useNavigate();
    const filters = useFilters();
    const query = useQuery({
        queryKey: [kConsoleKey, 'imports', filters.page],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/imports', { params: { query: { before: filters.page } } })),
    });
    return (
        <div className="stack loose">
            <div>
                <PageHead title={t('imports')}>
                    <p className="muted">{t('about')}</p>
                </PageHead>
                <DropFiles onChecked={(id) => navigate(`/console/imports/${id}`)} />
            </div>
            <section aria-labelledby="templates" className="stack tight">
                <h2 id="templates">{t('templates')}</h2>
                <div className="row">
                    <DownloadButton path="/api/v1/imports/template.toml">
                        {t('template_toml')}
                    </DownloadButton>
                    <DownloadButton path="/api/v1/imports/template.csv">
                        {t('template_csv')}
                    </DownloadButton>
                </div>
            </section>
            <section aria-labelledby="history" className="stack">
                <h2 id="history">{t('history')}</h2>
                <PagedList
                    query={query}
                    filters={filters}
                    rowsOf={(data) => data.imports}
                    empty={<Empty text={t('none')} />}
                >
                    {(rows) => <Rows rows={rows} />}
                </PagedList>
            </section>
        </div>
    );
}

function Rows({ rows }: { rows: ImportRow[] }) {
    const t = useImportTexts();
    const console = useConsoleTexts();
    const number = useNumber();
    return (
        <DataTable<ImportRow>
            caption={t('history')}
            rows={rows}
            rowKey={(one) => one.import}
            columns={[
                {
                    title: t('number'),
                    cell: (one) => (
                        <Link to={`/console/imports/${one.import}`}>
                            {t('import', { id: one.import })}
                        </Link>
                    ),
                },
                { title: t('created_at'), cell: (one) => <When time={one.created_at} /> },
                { title: t('sessions'), cell: (one) => number(one.sessions), numeric: true },
                { title: t('codes'), cell: (one) => number(one.codes), numeric: true },
                { title: console('state'), cell: (one) => <StateTag state={one.state} /> },
                {
                    title: t('outcome'),
                    cell: (one) =>
                        one.outcome === 'accepted'
                            ? t('outcome_accepted')
                            : one.outcome === 'unchanged'
                              ? t('outcome_unchanged')
                              : '–',
                },
            ]}
        />
    );
}
